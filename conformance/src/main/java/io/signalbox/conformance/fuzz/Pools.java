package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.local.EchoBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pools that all tables forward to; most have one echo backend of their name. For one thread. */
final class Pools implements AutoCloseable {
    static final List<String> PLAIN = List.of("v1", "v2", "v3");

    /** Chance chooses between these, so they count as one. */
    static final List<String> SPLIT = List.of("split-1", "split-2");

    /** Has no endpoint. */
    static final String EMPTY = "empty";

    /** Has one endpoint, which refuses connections: port 1 of the loopback interface. */
    static final String DEAD = "dead";

    /** Each chooses between three servers, by the hash of a request alone. */
    static final List<String> HASHED = List.of("ring", "maglev");

    private static final int HASHED_SERVERS = 3;

    private final List<EchoBackend> hashed = new ArrayList<>();
    private final Map<String, EchoBackend> backends = new LinkedHashMap<>();

    Pools() {
        PLAIN.forEach(name -> backends.put(name, EchoBackend.start(name)));
        SPLIT.forEach(name -> backends.put(name, EchoBackend.start(name)));
        for (int i = 0; i < HASHED_SERVERS; i++) {
            hashed.add(EchoBackend.start("hashed-" + i));
        }
    }

    /** By pool name. */
    Map<String, ObjectNode> specs() {
        Map<String, ObjectNode> specs = new LinkedHashMap<>();
        backends.forEach((name, backend) -> specs.put(name, spec(backend.host(), backend.port())));
        specs.put("ring", hashed("ringHash"));
        specs.put("maglev", hashed("maglev"));
        specs.put(EMPTY, JsonNodeFactory.instance.objectNode());
        specs.put(DEAD, spec("127.0.0.1", 1));
        return specs;
    }

    private ObjectNode hashed(String balancing) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putObject("loadBalancing").putObject(balancing);
        ArrayNode endpoints = spec.putArray("endpoints");
        hashed.forEach(
                backend -> endpoints.addObject().put("address", backend.host()).put("port", backend.port()));
        return spec;
    }

    private static ObjectNode spec(String address, int port) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putArray("endpoints").addObject().put("address", address).put("port", port);
        return spec;
    }

    @Override
    public void close() {
        backends.values().forEach(EchoBackend::close);
        hashed.forEach(EchoBackend::close);
    }
}
