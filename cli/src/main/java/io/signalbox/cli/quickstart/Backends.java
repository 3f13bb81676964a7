package io.signalbox.cli.quickstart;

import io.signalbox.local.EchoBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The echo servers that stand for the machines of the scenario. For one thread. */
final class Backends implements AutoCloseable {
    private final SortedMap<String, EchoBackend> byName = new TreeMap<>();

    /** Starts a server named {@code pool-number} on a free loopback port. */
    InetSocketAddress start(String pool, int number) {
        String name = pool + "-" + number;
        EchoBackend backend = EchoBackend.start(name);
        byName.put(name, backend);
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), backend.port());
    }

    EchoBackend get(String name) {
        EchoBackend backend = byName.get(name);
        if (backend == null) {
            throw new IllegalArgumentException("no server " + name + " in " + byName.keySet());
        }
        return backend;
    }

    /** The servers of a pool, in their order. */
    List<EchoBackend> ofPool(String pool) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getKey().matches(java.util.regex.Pattern.quote(pool) + "-\\d+"))
                .map(Map.Entry::getValue)
                .toList();
    }

    int count() {
        return byName.size();
    }

    @Override
    public void close() {
        byName.values().forEach(EchoBackend::close);
    }
}
