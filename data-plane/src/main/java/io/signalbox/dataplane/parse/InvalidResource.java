package io.signalbox.dataplane.parse;

/** A resource or bootstrap that is wrong, or asks for what this data plane cannot do. The message names the field. */
public final class InvalidResource extends Exception {
    public InvalidResource(String message) {
        super(message);
    }

    public InvalidResource(String message, Throwable cause) {
        super(message, cause);
    }
}
