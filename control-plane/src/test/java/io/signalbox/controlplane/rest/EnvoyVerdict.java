package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.Message;
import io.signalbox.controlplane.compile.Compiler;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.Spec;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.resource.StaticBootstrap;
import io.signalbox.controlplane.xds.resource.Translator;
import io.signalbox.envoy.EnvoyBinary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What {@code envoy --mode validate} says to configs, many at a time. */
final class EnvoyVerdict {
    private static final int FIRST_PORT = 1024;

    private final Path directory;
    private int runs;

    EnvoyVerdict(Path directory) {
        this.directory = directory;
    }

    /** @param document as it was generated */
    record Candidate(ObjectNode document, XdsResources resources) {}

    int runs() {
        return runs;
    }

    /** What Envoy would be told; empty for a document that cannot be told to Envoy at all. */
    static Optional<XdsResources> translate(ObjectNode document, int number) {
        try {
            return Optional.of(new Translator().translate(Compiler.compile(Config.of(1, resources(document, number)))));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** As the model has them, with names that belong to the number; experiments are running. */
    static List<Resource<?>> resources(ObjectNode document, int number) {
        List<Resource<?>> resources = new ArrayList<>();
        for (JsonNode json : renamed(document, "c" + number + "x").path("resources")) {
            Kind kind = Kind.findBySingular(json.path("kind").asText()).orElseThrow();
            Spec spec = ModelJson.fromJson(kind, json.path("spec"));
            resources.add(new Resource<>(
                    json.path("name").asText(), new TreeMap<>(), spec, 1, 1, Instant.EPOCH, Instant.EPOCH));
        }
        return GeneratedExperiments.running(resources);
    }

    /** Configs get names of their own, so that they can stand side by side. */
    private static ObjectNode renamed(ObjectNode document, String prefix) {
        ObjectNode copy = document.deepCopy();
        for (JsonNode resource : copy.path("resources")) {
            prefix((ObjectNode) resource, "name", prefix);
            JsonNode spec = resource.path("spec");
            prefixAll(spec.path("listeners"), prefix);
            prefixAll(spec.path("routes"), prefix);
            prefixPools(spec.path("variants"), prefix);
            prefixAll(spec.at("/https/certificates"), prefix);
            prefixAll(spec.at("/action/forward/poolFromHeader/pools"), prefix);
            if (spec.path("tls") instanceof ObjectNode tls) {
                prefix(tls, "certificate", prefix);
            }
            if (spec.path("authorization") instanceof ObjectNode authorization) {
                prefix(authorization, "pool", prefix);
            }
            prefixPools(spec.at("/action/forward/pools"), prefix);
            prefixPools(spec.at("/action/forward/mirrors"), prefix);
            prefixForward(spec.path("tcp"), prefix);
            spec.at("/https/passthrough").forEach(each -> prefixForward(each, prefix));
        }
        return copy;
    }

    private static void prefixForward(JsonNode forward, String prefix) {
        if (forward instanceof ObjectNode object) {
            prefix(object, "pool", prefix);
            prefixPools(object.path("pools"), prefix);
        }
    }

    private static void prefixPools(JsonNode pools, String prefix) {
        for (JsonNode pool : pools) {
            if (pool instanceof ObjectNode object) {
                prefix(object, "pool", prefix);
            }
        }
    }

    private static void prefix(ObjectNode object, String field, String prefix) {
        if (object.path(field).isTextual()) {
            object.put(field, prefix + object.path(field).asText());
        }
    }

    private static void prefixAll(JsonNode names, String prefix) {
        if (names instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.path(i).isTextual()) {
                    array.set(i, TextNode.valueOf(prefix + array.path(i).asText()));
                }
            }
        }
    }

    /** Those that Envoy refuses, with its words. */
    Map<Candidate, String> refused(List<Candidate> candidates) throws Exception {
        String words = candidates.isEmpty() ? "" : refusal(candidates);
        if (words.isEmpty()) {
            return Map.of();
        } else if (candidates.size() == 1) {
            return Map.of(candidates.get(0), words);
        }
        Map<Candidate, String> refused = new HashMap<>(refused(candidates.subList(0, candidates.size() / 2)));
        refused.putAll(refused(candidates.subList(candidates.size() / 2, candidates.size())));
        return refused;
    }

    private String refusal(List<Candidate> candidates) throws Exception {
        runs++;
        Path file = directory.resolve("envoy.json");
        Files.writeString(file, StaticBootstrap.of(together(candidates)));
        Path log = directory.resolve("envoy.log");
        Process envoy = new ProcessBuilder(
                        EnvoyBinary.find().path().toString(),
                        "--mode",
                        "validate",
                        "-c",
                        file.toString(),
                        "-l",
                        "error",
                        "--disable-hot-restart")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!envoy.waitFor(120, TimeUnit.SECONDS)) {
            envoy.destroyForcibly();
            throw new IOException("Envoy does not come to an end");
        }
        String words = Files.readString(log, StandardCharsets.UTF_8);
        return envoy.exitValue() == 0 ? "" : "exit " + envoy.exitValue() + ": " + words;
    }

    private static XdsResources together(List<Candidate> candidates) {
        Map<ResourceType, SortedMap<String, Message>> byType = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) {
            byType.put(type, new TreeMap<>());
        }
        Ports ports = new Ports();
        for (Candidate candidate : candidates) {
            ports.nextConfig();
            candidate
                    .resources()
                    .byType()
                    .forEach((type, resources) -> resources.forEach((name, message) ->
                            byType.computeIfAbsent(type, t -> new TreeMap<>()).put(name, ports.moved(type, message))));
        }
        return new XdsResources(1, byType, Map.of(), Map.of());
    }

    /** Gives each port of each config one of its own: equal ones stay equal, within a config only. */
    private static final class Ports {
        private final Map<Integer, Integer> ofConfig = new HashMap<>();
        private int next = FIRST_PORT;

        void nextConfig() {
            ofConfig.clear();
        }

        Message moved(ResourceType type, Message message) {
            if (type != ResourceType.LISTENER) {
                return message;
            }
            var listener = ((io.envoyproxy.envoy.config.listener.v3.Listener) message).toBuilder();
            var socket = listener.getAddressBuilder().getSocketAddressBuilder();
            if (socket.getPortValue() > 0 && socket.getPortValue() <= 65535) {
                socket.setPortValue(ofConfig.computeIfAbsent(socket.getPortValue(), port -> next++));
            }
            return listener.build();
        }
    }
}
