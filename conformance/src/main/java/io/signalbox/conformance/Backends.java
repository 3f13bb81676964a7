package io.signalbox.conformance;

import io.signalbox.local.EchoBackend;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Echo backends by name, started when first asked for and shared by all cases and control planes of a run. */
final class Backends implements AutoCloseable {
    private final Map<String, EchoBackend> running = new ConcurrentHashMap<>();

    EchoBackend get(String name) {
        return running.computeIfAbsent(name, EchoBackend::start);
    }

    @Override
    public void close() {
        running.values().forEach(EchoBackend::close);
    }
}
