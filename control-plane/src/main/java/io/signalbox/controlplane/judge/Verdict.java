package io.signalbox.controlplane.judge;

/** What is known of a canary; the later the worse. */
public enum Verdict {
    /** It is established that the canary is good enough. */
    PASS,
    /** Neither is established yet. */
    INCONCLUSIVE,
    /** It is established that it is not. */
    FAIL
}
