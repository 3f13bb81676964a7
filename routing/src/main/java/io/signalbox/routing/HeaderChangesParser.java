package io.signalbox.routing;

import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what one level of the configuration changes about headers. */
final class HeaderChangesParser {
    private static final int MOST_ADDED = 1000;

    /** The response headers that Envoy keeps in one line; see HeaderChangesTest. */
    private static final Set<String> RESPONSE_SLOTS = Set.of(
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin",
            "access-control-expose-headers",
            "access-control-max-age",
            "access-control-allow-private-network",
            "age",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "etag",
            "expires",
            "grpc-message",
            "grpc-status",
            "keep-alive",
            "last-modified",
            "location",
            "proxy-connection",
            "server",
            "transfer-encoding",
            "upgrade",
            "vary",
            "via",
            "x-envoy-attempt-count",
            "x-envoy-decorator-operation",
            "x-envoy-degraded",
            "x-envoy-immediate-health-check-fail",
            "x-envoy-ratelimited",
            "x-envoy-upstream-canary",
            "x-envoy-upstream-healthchecked-cluster",
            "x-envoy-upstream-service-time",
            "x-request-id");

    private HeaderChangesParser() {}

    static HeaderChanges.Level request(List<HeaderValueOption> added, List<String> removed, Field field)
            throws InvalidRouteConfiguration {
        return level(added, removed, field, "request_headers_to_");
    }

    static HeaderChanges.Level response(List<HeaderValueOption> added, List<String> removed, Field field)
            throws InvalidRouteConfiguration {
        return level(added, removed, field, "response_headers_to_");
    }

    private static HeaderChanges.Level level(
            List<HeaderValueOption> addedProtos, List<String> removedNames, Field field, String prefix)
            throws InvalidRouteConfiguration {
        if (addedProtos.isEmpty() && removedNames.isEmpty()) {
            return HeaderChanges.Level.NONE;
        }
        if (addedProtos.size() > MOST_ADDED) {
            throw field.child(prefix + "add")
                    .invalid(addedProtos.size() + " items (expected: at most " + MOST_ADDED + ")");
        }
        boolean ofRequest = prefix.startsWith("request");
        List<HeaderChanges.Added> added = new ArrayList<>(addedProtos.size());
        for (int i = 0; i < addedProtos.size(); i++) {
            added.add(added(addedProtos.get(i), ofRequest, field.child(prefix + "add", i)));
        }
        List<String> removed = new ArrayList<>(removedNames.size());
        for (int i = 0; i < removedNames.size(); i++) {
            removed.add(name(removedNames.get(i), field.child(prefix + "remove", i)));
        }
        return new HeaderChanges.Level(removed, added);
    }

    @SuppressWarnings("deprecation") // append: still sent by older control planes
    private static HeaderChanges.Added added(HeaderValueOption proto, boolean ofRequest, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("header", "append", "append_action", "keep_empty_value"));
        Field header = field.child("header");
        header.requireOnly(proto.getHeader(), Set.of("key", "value"));
        String name = name(proto.getHeader().getKey(), header.child("key"));
        HeaderChanges.Action action = switch (proto.getAppendAction()) {
            case APPEND_IF_EXISTS_OR_ADD ->
                proto.hasAppend() && !proto.getAppend().getValue()
                        ? HeaderChanges.Action.OVERWRITE_IF_EXISTS_OR_ADD
                        : HeaderChanges.Action.APPEND_IF_EXISTS_OR_ADD;
            case ADD_IF_ABSENT -> HeaderChanges.Action.ADD_IF_ABSENT;
            case OVERWRITE_IF_EXISTS_OR_ADD -> HeaderChanges.Action.OVERWRITE_IF_EXISTS_OR_ADD;
            case OVERWRITE_IF_EXISTS -> HeaderChanges.Action.OVERWRITE_IF_EXISTS;
            case UNRECOGNIZED -> throw field.child("append_action").unsupported();
        };
        boolean joins =
                ofRequest ? HeaderName.of(name).source() == HeaderName.Source.JOINED : RESPONSE_SLOTS.contains(name);
        return new HeaderChanges.Added(
                name,
                FormatParser.parse(proto.getHeader().getValue(), header.child("value")),
                action,
                proto.getKeepEmptyValue(),
                joins);
    }

    private static String name(String configured, Field field) throws InvalidRouteConfiguration {
        field.requireNonEmpty(configured);
        field.requireHeaderValue(configured);
        String name = Ascii.lower(Ascii.wire(configured));
        if (name.startsWith(":") || name.equals("host")) {
            throw field.invalid(
                    "\"" + configured + "\" cannot be changed by this (expected: a header other than host)");
        }
        return name;
    }
}
