package io.signalbox.controlplane.app;

/** The control plane cannot start as it is configured. The message is for whoever operates it, and needs no stack trace. */
public final class StartFailed extends Exception {
    StartFailed(String message) {
        super(message);
    }

    StartFailed(String message, Throwable cause) {
        super(message, cause);
    }

    /** What went wrong in the end: outer exceptions mostly say only that something did. */
    static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
