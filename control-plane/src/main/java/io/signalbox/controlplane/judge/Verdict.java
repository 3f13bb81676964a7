package io.signalbox.controlplane.judge;

/** What is known of a canary. */
public enum Verdict {
    /** It is established that the canary is good enough. */
    PASS,
    /** It is established that it is not. */
    FAIL,
    /** Neither is established yet. */
    INCONCLUSIVE
}
