package io.signalbox.controlplane.xds.publish;

/**
 * What proxies are to hold at one revision, encoded and versioned. Immutable.
 */
public final class Snapshot {
    /** Before anything was published: a stream that sees it waits. */
    public static final Snapshot NOTHING_YET = new Snapshot(-1);

    private final long revision;

    Snapshot(long revision) {
        this.revision = revision;
    }

    public long revision() {
        return revision;
    }
}
