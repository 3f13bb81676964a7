package io.signalbox.dataplane;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Writes lines from a thread of its own, so that requests do not wait for a disk or a pipe; they do wait while very many
 * lines are unwritten. Any thread.
 */
final class LogLines implements Consumer<String>, AutoCloseable {
    private static final int MOST = 65_536;
    private static final String END = "";

    private final LinkedBlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST);
    private final OutputStream out;
    private final Thread writer;
    private volatile boolean broken;

    LogLines(OutputStream out) {
        this.out = out;
        this.writer = new Thread(this::write, "access log");
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void accept(String line) {
        if (broken) {
            return;
        }
        try {
            waiting.put(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        List<String> lines = new ArrayList<>();
        try {
            while (true) {
                lines.add(waiting.take());
                waiting.drainTo(lines);
                for (String line : lines) {
                    out.write(line.getBytes(StandardCharsets.ISO_8859_1));
                }
                out.flush();
                if (lines.contains(END)) {
                    return;
                }
                lines.clear();
            }
        } catch (IOException | InterruptedException e) {
            // Nobody reads it any more: what comes is dropped, so that nobody waits for it either.
            broken = true;
            waiting.clear();
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        accept(END);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
