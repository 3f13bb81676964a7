package io.signalbox.controlplane.app;

/** The control plane cannot start as it is configured. The message is for whoever operates it, and needs no stack trace. */
public final class StartFailed extends Exception {
    StartFailed(String message) {
        super(message);
    }

    StartFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
