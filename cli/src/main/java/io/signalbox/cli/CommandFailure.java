package io.signalbox.cli;

/** Why a command could not do its work, in words for whoever typed it. Needs no stack trace. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
