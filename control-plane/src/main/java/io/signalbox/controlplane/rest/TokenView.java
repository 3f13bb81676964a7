package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.store.StoredToken;
import io.signalbox.controlplane.store.TokenEvent;
import java.time.Instant;
import java.util.Optional;

/** Tokens as users see them: neither secret nor digest. */
final class TokenView {
    private TokenView() {}

    static ObjectNode toJson(StoredToken token, Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", token.name());
        json.set("spec", spec(token.principal(), token.expiresAt()));
        json.putObject("status").put("expired", token.isExpired(now));
        return json.put("createdBy", token.author())
                .put("createdAt", token.createdAt().toString());
    }

    static ObjectNode toJson(TokenEvent event) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("number", event.n())
                .put("event", event.event())
                .put("name", event.principal().name());
        json.set("spec", spec(event.principal(), event.expiresAt()));
        json.put("author", event.author()).put("time", event.at().toString());
        event.reason().ifPresent(reason -> json.put("reason", reason));
        return json;
    }

    private static ObjectNode spec(Principal principal, Optional<Instant> expiresAt) {
        ObjectNode spec = JsonNodeFactory.instance
                .objectNode()
                .put("role", principal.role().word());
        if (!principal.scope().isEverything()) {
            spec.set("scope", Forbidden.toJson(principal.scope()));
        }
        expiresAt.ifPresent(end -> spec.put("expiresAt", end.toString()));
        return spec;
    }
}
