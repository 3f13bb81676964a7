package io.signalbox.controlplane.load;

import java.time.Instant;
import java.util.Map;

/** What all proxies told all control planes of experiments. Any thread. Each call asks the database. */
public interface ExperimentHistory {
    /** A variant, and how requests came to it. */
    record Arm(String variant, Assignment assignment) {}

    /**
     * Sums over the hours of one run that begin at {@code since} or later.
     *
     * @param run when the experiment was started
     * @return only arms that had requests
     */
    Map<Arm, Exposures> counts(String experiment, Instant run, Instant since);

    /**
     * How many visitors were assigned to each variant.
     *
     * @param runs when each of the experiments was started
     * @return by experiment and variant, only those that had any
     */
    Map<String, Map<String, Long>> visitors(Map<String, Instant> runs);
}
