package io.signalbox.cli.quickstart;

import io.signalbox.local.RawRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request without a body to the shop's domain. */
record EdgeRequest(String method, String path, Map<String, String> headers) {
    static final String HOST = "shop.example.com";

    EdgeRequest {
        headers = Map.copyOf(headers);
    }

    static EdgeRequest get(String path) {
        return new EdgeRequest("GET", path, Map.of());
    }

    static EdgeRequest post(String path) {
        return new EdgeRequest("POST", path, Map.of());
    }

    EdgeRequest with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new EdgeRequest(method, path, all);
    }

    RawRequest raw() {
        RawRequest raw = RawRequest.of(method, HOST, path);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            raw = raw.with(header.getKey(), header.getValue());
        }
        return method.equals("GET") ? raw : raw.withBody("");
    }

    /** As in a report: {@code GET /checkout (cookie: experiment=control)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(method + " " + path);
        headers.forEach((name, value) ->
                text.append(" (").append(name).append(": ").append(value).append(")"));
        return text.toString();
    }
}
