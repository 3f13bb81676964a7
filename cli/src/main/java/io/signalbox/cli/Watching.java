package io.signalbox.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;

/** Shows something once, or again and again in the place of what was shown before. For one thread. */
final class Watching {
    /** To the top of the screen, and clears it (ECMA-48, CUP and ED). */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    /** What is shown. */
    interface View {
        /**
         * Asks first and prints then, so that nothing is gone while it waits.
         *
         * @param clear to be printed before all else
         * @return whether it is over, so that it will look the same from now on
         */
        boolean show(String clear) throws IOException, InterruptedException;
    }

    private Watching() {}

    /** @param pause between the end of one showing and the start of the next */
    static void show(View view, boolean again, Duration pause, PrintWriter out)
            throws IOException, InterruptedException {
        boolean isShown = false;
        while (!isShown) {
            isShown = view.show(again ? CLEAR : "") || !again;
            out.flush();
            if (!isShown) {
                Thread.sleep(pause.toMillis());
            }
        }
    }
}
