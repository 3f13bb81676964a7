package io.signalbox.dataplane;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A running reference data plane. Its methods may be called from any thread. */
public final class DataPlane implements AutoCloseable {
    private DataPlane() {}

    /**
     * Starts a data plane and returns once its admin server is bound; traffic is served from {@link #whenServing()} on.
     *
     * @param bootstrap an Envoy bootstrap, YAML or JSON, with {@code static_resources} and/or ADS
     */
    public static DataPlane start(Path bootstrap) {
        return start(bootstrap, 0);
    }

    /**
     * As {@link #start(Path)}, on ports of its own. An Envoy and this data plane that follow one control plane get the
     * same listeners; on one machine only one of them could bind their ports.
     *
     * @param listenerPortOffset is added to the port of every listener; 0 for the ports as configured
     */
    public static DataPlane start(Path bootstrap, int listenerPortOffset) {
        throw new UnsupportedOperationException("data plane for " + bootstrap + " at +" + listenerPortOffset);
    }

    /** The listeners that serve now: bound address by name, ports as bound. */
    public Map<String, InetSocketAddress> listeners() {
        throw new UnsupportedOperationException();
    }

    /** Where the admin server listens; empty when the bootstrap has none. */
    public Optional<InetSocketAddress> adminAddress() {
        throw new UnsupportedOperationException();
    }

    /** Completes when the first config serves: every listener of it is bound and warm. */
    public CompletionStage<Void> whenServing() {
        throw new UnsupportedOperationException();
    }

    /** Completes when the data plane has ended, by {@link #close()} or by {@code /quitquitquit}. */
    public CompletionStage<Void> whenClosed() {
        throw new UnsupportedOperationException();
    }

    /** Stops taking connections, lets requests in flight end for a short time, then closes everything; idempotent. */
    @Override
    public void close() {}
}
