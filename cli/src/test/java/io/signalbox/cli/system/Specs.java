package io.signalbox.cli.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.local.EchoBackend;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Specs as JSON. */
final class Specs {
    static final String HOST = "shop.example.com";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Specs() {}

    static ObjectNode listener(int port) {
        return json("{\"address\":\"127.0.0.1\",\"port\":%d,\"http\":{}}".formatted(port));
    }

    static ObjectNode pool(EchoBackend backend) {
        return json("{\"endpoints\":[{\"address\":\"%s\",\"port\":%d}]}".formatted(backend.host(), backend.port()));
    }

    static ObjectNode forward(String path, String pool) {
        return json("""
                {"hosts":["%s"],"match":{"path":{"exact":"%s"}},"action":{"forward":{"pools":[{"pool":"%s"}]}}}""".formatted(HOST, path, pool));
    }

    /** A route that the proxy answers by itself with a text. */
    static ObjectNode respond(String path, String text) {
        return json("""
                {"hosts":["%s"],"match":{"path":{"exact":"%s"}},"action":{"respond":{"status":200,"body":"%s"}}}""".formatted(HOST, path, text));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
