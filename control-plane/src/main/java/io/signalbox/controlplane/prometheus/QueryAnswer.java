package io.signalbox.controlplane.prometheus;

/** What a query came to. */
public sealed interface QueryAnswer {
    /** @param value finite */
    record Value(double value) implements QueryAnswer {}

    /** @param why in words; tells no secret */
    record Nothing(String why) implements QueryAnswer {}
}
