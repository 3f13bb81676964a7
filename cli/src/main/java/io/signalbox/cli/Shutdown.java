package io.signalbox.cli;

import java.util.concurrent.CountDownLatch;

/** What happens on SIGTERM and Ctrl-C. */
public final class Shutdown {
    private Shutdown() {}

    /** Runs it when the JVM is told to end, by a signal or by {@code System.exit}; the JVM waits for it. */
    public static void onSignal(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "shutdown"));
    }

    /** Waits until the process is told to end. */
    public static void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
