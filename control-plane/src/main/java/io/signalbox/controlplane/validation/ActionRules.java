package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Action.Destination;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.Redirect;
import io.signalbox.controlplane.model.Action.Respond;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.HashPolicy;
import io.signalbox.controlplane.model.Labels;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class ActionRules {
    /** Envoy: {@code RouteConfiguration.max_direct_response_body_size_bytes}, by default. */
    private static final int LARGEST_BODY = 4096;

    /** RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5. */
    private static final Set<Integer> STATUS_WITHOUT_BODY = Set.of(204, 205, 304);

    /** What browsers cut longer ones to. */
    private static final Duration LONGEST_COOKIE = Duration.ofDays(400);

    private ActionRules() {}

    static void check(Action action, PathMatch path, Findings findings) {
        if (action instanceof Forward forward) {
            check(forward, findings.at("forward"));
            RewriteRules.check(forward.rewrite(), path, findings.at("forward").at("rewrite"));
            DeliveryRules.check(forward.delivery(), findings.at("forward"));
        } else if (action instanceof Redirect redirect) {
            check(redirect, RewriteRules.hasPrefix(path), findings.at("redirect"));
        } else if (action instanceof Respond respond) {
            check(respond, findings.at("respond"));
        }
    }

    /** What answers when no route does, which therefore knows no path. */
    static void checkUnmatched(Action action, Findings findings) {
        if (action instanceof Redirect redirect) {
            check(redirect, false, findings.at("redirect"));
        } else if (action instanceof Respond respond) {
            check(respond, findings.at("respond"));
        }
    }

    private static void check(Forward forward, Findings findings) {
        boolean split = forward.to() instanceof Destination.Pools;
        Map<Map.Entry<String, Labels>, Integer> seen = new HashMap<>();
        long sum = 0;
        for (int i = 0; i < forward.pools().size(); i++) {
            WeightedPool pool = forward.pools().get(i);
            HeaderRules.check(pool.headers(), findings.at("pools", i));
            sum += pool.weight();
            Integer first = seen.putIfAbsent(Map.entry(pool.pool(), pool.subset()), i);
            if (first != null) {
                Findings here = split ? findings.at("pools", i).at("pool") : findings.at("poolFromHeader.pools", i);
                here.add(Findings.quote(pool.pool()) + ", as in pools[" + first + "]", "each pool once");
            }
        }
        if (sum <= 0) {
            findings.at("pools").add("weights whose sum is " + sum, "weights whose sum is above 0");
        }
        for (int i = 0; i < forward.hash().size(); i++) {
            if (forward.hash().get(i).source() instanceof HashPolicy.Cookie cookie) {
                check(cookie, findings.at("hash", i).at("cookie"));
            }
        }
    }

    private static void check(HashPolicy.Cookie cookie, Findings findings) {
        cookie.ttl()
                .filter(ttl -> ttl.toMillisPart() != 0 || ttl.compareTo(LONGEST_COOKIE) > 0)
                .ifPresent(ttl -> findings.at("ttl")
                        .add(ttl.toMillis() + "ms", "whole seconds, at most " + LONGEST_COOKIE.toDays() + " days"));
        cookie.path().ifPresent(path -> {
            if (cookie.ttl().isEmpty()) {
                findings.at("path").add("a path, but no ttl", "a ttl, without which no cookie is given to clients");
            }
            if (path.contains(";")) {
                findings.at("path").add(Findings.quote(path), "a path without a semicolon, which ends it in a cookie");
            }
        });
    }

    private static void check(Redirect redirect, boolean ofPrefix, Findings findings) {
        List<String> paths = new ArrayList<>();
        redirect.path().ifPresent(p -> paths.add("path"));
        redirect.prefix().ifPresent(p -> paths.add("prefix"));
        redirect.regex().ifPresent(r -> paths.add("regex"));
        if (paths.size() > 1) {
            findings.add("all of " + String.join(", ", paths), "at most one of path, prefix, regex");
        }
        if (redirect.scheme().isEmpty()
                && redirect.host().isEmpty()
                && redirect.port().isEmpty()
                && paths.isEmpty()) {
            findings.add("a redirect to the same URL", "at least one of scheme, host, port, path, prefix, regex");
        }
        redirect.prefix()
                .filter(prefix -> !ofPrefix)
                .ifPresent(prefix -> findings.at("prefix").add(Findings.quote(prefix), RewriteRules.NO_PREFIX));
        redirect.regex().ifPresent(regex -> RewriteRules.check(regex, findings.at("regex")));
        if (redirect.stripQuery() && redirect.path().map(p -> p.contains("?")).orElse(false)) {
            findings.at("stripQuery").add("true, and a query in path", "one of them only");
        }
    }

    private static void check(Respond respond, Findings findings) {
        respond.body().ifPresent(body -> {
            int size = body.getBytes(StandardCharsets.UTF_8).length;
            if (size > LARGEST_BODY) {
                findings.at("body").add(size + " bytes", "at most " + LARGEST_BODY + " bytes of UTF-8");
            }
            if (!body.isEmpty() && STATUS_WITHOUT_BODY.contains(respond.status())) {
                findings.at("body")
                        .add("a body with status " + respond.status(), "no body, which such an answer cannot have");
            }
        });
    }
}
