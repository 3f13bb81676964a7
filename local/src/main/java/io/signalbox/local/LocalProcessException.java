package io.signalbox.local;

/** Something that was started on this machine did not start, or ended, or does not answer. The message has its log's end. */
public final class LocalProcessException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LocalProcessException(String message) {
        super(message);
    }

    LocalProcessException(String message, Throwable cause) {
        super(message, cause);
    }
}
