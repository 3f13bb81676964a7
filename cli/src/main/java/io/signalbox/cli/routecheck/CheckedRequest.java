package io.signalbox.cli.routecheck;

import io.signalbox.routing.MutableHeaders;
import io.signalbox.routing.RequestView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request of a test, and what becomes of it; also the headers of its response. */
final class CheckedRequest implements RequestView, MutableHeaders {
    private final String method;
    private final String scheme;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private String authority;
    private String path;

    CheckedRequest(String method, String scheme, String authority, String path) {
        this.method = method;
        this.scheme = scheme;
        this.authority = authority;
        this.path = path;
    }

    CheckedRequest copy() {
        CheckedRequest copy = new CheckedRequest(method, scheme, authority, path);
        headers.forEach((name, values) -> copy.headers.put(name, new ArrayList<>(values)));
        return copy;
    }

    void rewrite(String newAuthority, String newPath) {
        authority = newAuthority;
        path = newPath;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public String authority() {
        return authority;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public List<String> headers(String lowerCaseName) {
        return get(lowerCaseName);
    }

    @Override
    public List<String> get(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    @Override
    public void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    @Override
    public void add(String name, String value) {
        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    @Override
    public void remove(String name) {
        headers.remove(name);
    }
}
