package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary header changes, and what virtual hosts are made of. */
final class GeneratedHeaders {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> WORDS = List.of("set", "setIfPresent", "setIfAbsent", "add");

    private GeneratedHeaders() {}

    /** An object that now and then has header changes as well. */
    static Arbitrary<ObjectNode> on(Arbitrary<ObjectNode> specs) {
        return Combinators.combine(
                        specs,
                        changes("%REQ(a)%").optional(0.3),
                        changes("%RESP(a?b):9%").optional(0.3))
                .as((spec, request, response) -> {
                    request.ifPresent(changes -> spec.set("requestHeaders", changes));
                    response.ifPresent(changes -> spec.set("responseHeaders", changes));
                    return spec;
                });
    }

    /** @param actions redirects and answers */
    static Arbitrary<ObjectNode> virtualHost(Arbitrary<ObjectNode> actions) {
        return on(Combinators.combine(
                        Arbitraries.of("host.test", "*.Host.test", "host.*", "*", "h.host.test")
                                .list()
                                .uniqueElements()
                                .ofMinSize(1)
                                .ofMaxSize(3),
                        Arbitraries.of("listener-0", "listener-1").list().ofMaxSize(1),
                        actions.optional(0.7))
                .as((hosts, listeners, unmatched) -> {
                    ObjectNode spec = JSON.objectNode();
                    hosts.forEach(spec.putArray("hosts")::add);
                    listeners.forEach(spec.putArray("listeners")::add);
                    unmatched.ifPresent(action -> spec.set("unmatched", action));
                    return spec;
                }));
    }

    /** A listener that now and then has an access log as well. */
    static Arbitrary<ObjectNode> logging(Arbitrary<ObjectNode> listeners) {
        Arbitrary<String> format = Arbitraries.of(
                "%START_TIME% %REQ(:method)% %RESP(content-type?server):20%",
                "%RESPONSE_CODE% %RESPONSE_FLAGS% %DURATION%ms %BYTES_SENT%/%BYTES_RECEIVED% 100%%",
                "%UPSTREAM_HOST%",
                "ü");
        Arbitrary<ObjectNode> text = format.map(line -> JSON.objectNode().put("text", line));
        Arbitrary<ObjectNode> json = Combinators.combine(Arbitraries.of("a", "B.c", "x y"), format)
                .as((name, value) -> {
                    ObjectNode log = JSON.objectNode();
                    log.putObject("json").put(name, value);
                    return log;
                });
        Arbitrary<ObjectNode> log = Combinators.combine(
                        Arbitraries.oneOf(text, json, Arbitraries.create(JSON::objectNode)),
                        Arbitraries.of(200, 400, 599).optional(0.5))
                .as((line, status) -> {
                    status.ifPresent(least -> line.put("minimumStatus", least));
                    return line;
                });
        return Combinators.combine(listeners, log.optional(0.3)).as((spec, accessLog) -> {
            accessLog.ifPresent(value -> spec.set("accessLog", value));
            return spec;
        });
    }

    private static Arbitrary<ObjectNode> changes(String ofItsOwn) {
        Arbitrary<ObjectNode> value = Combinators.combine(
                        Arbitraries.of(
                                "a", "B", "x-a", "set-cookie", "content-type", "!#$%&'*+-.^_`|~", "x".repeat(256)),
                        Arbitraries.of(
                                "a",
                                "100%%",
                                ofItsOwn,
                                "%START_TIME(%Y-%m-%dT%H:%M:%E3SZ)%",
                                "%START_TIME%",
                                "%REQ(:path?x-user)%",
                                "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%:%DOWNSTREAM_LOCAL_PORT%",
                                "%PROTOCOL% %ROUTE_NAME% %UPSTREAM_CLUSTER%",
                                "%DOWNSTREAM_PEER_SUBJECT%%DOWNSTREAM_PEER_FINGERPRINT_256%",
                                "%DOWNSTREAM_PEER_URI_SAN%,%DOWNSTREAM_PEER_DNS_SAN%",
                                "ü\t ",
                                "x".repeat(1024)))
                .as((name, text) -> JSON.objectNode().put("name", name).put("value", text));
        Arbitrary<List<ObjectNode>> values =
                value.list().uniqueElements(v -> v.path("name")).ofMinSize(1).ofMaxSize(3);
        Arbitrary<ObjectNode> added = Combinators.combine(Arbitraries.of(WORDS), values)
                .as((word, list) -> {
                    ObjectNode json = JSON.objectNode();
                    json.putArray(word).addAll(list);
                    return json;
                });
        return Combinators.combine(
                        added,
                        Arbitraries.of("a", "server", "X-B")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(2))
                .as((json, removed) -> {
                    if (!removed.isEmpty()) {
                        ArrayNode names = json.putArray("remove");
                        removed.forEach(names::add);
                    }
                    return json;
                });
    }
}
