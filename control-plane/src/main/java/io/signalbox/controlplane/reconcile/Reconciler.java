package io.signalbox.controlplane.reconcile;

import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.SnapshotSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Follows the store: its one thread takes the newest config, compiles, translates and publishes it. What fails is
 * logged and tried again with growing pauses; meanwhile the last snapshot stays.
 */
public final class Reconciler implements SnapshotSource, AutoCloseable {
    /**
     * Starts its thread.
     *
     * @param catchUp the config after all revisions that were committed since the given one ({@code ConfigStore})
     */
    public Reconciler(
            UnaryOperator<Config> catchUp,
            Function<Config, ResolvedConfig> compile,
            Function<ResolvedConfig, XdsResources> translate) {}

    /** A config that is committed: the first one after a start, or what this replica just wrote. Never blocks. */
    public void offer(Config config) {}

    /** A hint that the store is at this revision. Never blocks. */
    public void revisionSeen(long revision) {}

    @Override
    public Snapshot current() {
        return Snapshot.NOTHING_YET;
    }

    @Override
    public AutoCloseable onPublish(Consumer<Snapshot> callback) {
        return () -> {};
    }

    @Override
    public void close() {}
}
