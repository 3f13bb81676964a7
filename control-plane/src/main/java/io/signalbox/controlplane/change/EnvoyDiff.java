package io.signalbox.controlplane.change;

import java.util.List;

/**
 * How what proxies are to hold differs between two configs.
 *
 * @param changes by type, in the order in which they reach a proxy, then by name
 * @param drains names of listeners that change or go, whose connections a proxy therefore drains
 */
public record EnvoyDiff(List<EnvoyChange> changes, List<String> drains) {
    public static final EnvoyDiff NONE = new EnvoyDiff(List.of(), List.of());

    public EnvoyDiff {
        changes = List.copyOf(changes);
        drains = List.copyOf(drains);
    }

    /** What is to be sent, in bytes. */
    public long bytes() {
        return changes.stream().mapToLong(EnvoyChange::bytes).sum();
    }

    /**
     * @param type {@code listeners}, {@code routes}, {@code clusters}, {@code endpoints} or {@code secrets}
     * @param bytes the size of the new encoding; 0 for one that goes
     */
    public record EnvoyChange(String type, String name, Kind kind, long bytes) {}

    public enum Kind {
        ADD,
        UPDATE,
        REMOVE
    }
}
