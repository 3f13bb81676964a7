package io.signalbox.cli.quickstart;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells whoever waits what is going on: a line when a step begins, its end with the time it took. For one thread. */
final class Progress {
    private final PrintWriter out;
    private long stepStart;

    Progress(PrintWriter out) {
        this.out = out;
    }

    void begin(String step) {
        stepStart = System.nanoTime();
        out.print(step + " ... ");
        out.flush();
    }

    /** A part of the step that is under way. */
    void part(String part) {
        out.print(part + " ");
        out.flush();
    }

    void end(String outcome) {
        out.println(outcome + seconds());
        out.flush();
    }

    void line(String line) {
        out.println(line);
        out.flush();
    }

    private String seconds() {
        double seconds = Duration.ofNanos(System.nanoTime() - stepStart).toMillis() / 1000.0;
        return String.format(Locale.ROOT, " (%.1f s)", seconds);
    }
}
