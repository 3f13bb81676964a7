package io.signalbox.cli.quickstart;

import java.io.IOException;

/** One row of the scenario. */
interface Row {
    String title();

    /** Applies what the row needs and checks it on every plane. */
    Findings run(Shop shop) throws IOException, InterruptedException;
}
