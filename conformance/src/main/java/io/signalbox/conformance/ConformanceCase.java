package io.signalbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that every proxy must do alike: resources, requests and what has to come of them. The shape is that of the
 * YAML files; {@code conformance/README.md} describes it for authors.
 *
 * @param suite the directory the file is in
 * @param id the file's name without its ending; unique in the suite
 * @param title one sentence: what is so
 * @param why what people get wrong about it, or what the design rests on it
 * @param docs where Envoy documents it
 * @param pools each becomes a pool with one echo backend of the same name
 * @param backends those that behave as the case says, by name; all others answer 200 at once
 * @param certificates those that clients and backends of the case show, and those of its documents, by name
 * @param olderResources are stored by a revision of their own before {@code resources}
 * @param actions done, one after the other, when the resources are stored
 * @param releases the ones on which it is so
 */
public record ConformanceCase(
        String suite,
        String id,
        String title,
        String why,
        String docs,
        List<String> pools,
        Map<String, BackendSpec> backends,
        Map<String, CertificateSpec> certificates,
        List<Document> olderResources,
        List<Document> resources,
        List<Action> actions,
        Releases releases,
        List<Request> requests) {

    public ConformanceCase {
        pools = List.copyOf(pools);
        backends = new LinkedHashMap<>(backends);
        certificates = new LinkedHashMap<>(certificates);
        olderResources = List.copyOf(olderResources);
        resources = List.copyOf(resources);
        actions = List.copyOf(actions);
        requests = List.copyOf(requests);
    }

    /** {@code routing-traps/segment-prefix} */
    public String path() {
        return suite + "/" + id;
    }

    /** Older ones first. */
    List<Document> allResources() {
        List<Document> all = new ArrayList<>(olderResources);
        all.addAll(resources);
        return all;
    }

    /** Whether an older resource becomes this one. */
    boolean replaces(Document document) {
        return olderResources.stream()
                .anyMatch(older ->
                        older.kind().equals(document.kind()) && older.name().equals(document.name()));
    }

    /** Names of its own listeners, in order. */
    List<String> listeners() {
        return allResources().stream()
                .filter(document -> document.kind().equals("listener"))
                .map(Document::name)
                .distinct()
                .toList();
    }

    /**
     * {@code start} and what else can be done with a canary or an experiment.
     *
     * @param winner of an experiment that is stopped
     */
    public record Action(String kind, String name, String action, Optional<String> winner) {}

    /** A resource in the form of files: {@code kind: route} … */
    public record Document(String kind, String name, JsonNode spec) {}

    /**
     * Releases of Envoy.
     *
     * @param since the first one, {@code 1.39}; the Java data plane counts as the newest
     * @param before the first one that does not belong to them any more
     * @param except one in between with a fault that others do not have
     */
    record Releases(Optional<Release> since, Optional<Release> before, Optional<Release> except) {
        boolean has(Release release) {
            return since.stream().allMatch(first -> first.compareTo(release) <= 0)
                    && before.stream().allMatch(end -> end.compareTo(release) > 0)
                    && !except.equals(Optional.of(release));
        }

        /** {@code since 1.36, before 1.39, except 1.37} */
        @Override
        public String toString() {
            return Stream.of(
                            since.map(first -> "since " + first),
                            before.map(end -> "before " + end),
                            except.map(faulty -> "except " + faulty))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * @param name says which of the requests it is; by default method and path
     * @param headers lines by name; several values become several lines
     * @param cookies become one {@code Cookie} line; several lines are written as {@code headers}
     * @param trailers after the body, over HTTP/2
     * @param chunked whether the body goes out in chunks, without saying how long it is
     * @param raw the whole request as it goes out, instead of method, path, host, headers and cookies
     * @param bytes what goes out in place of a request
     * @param tunnel what goes out after an answer that turns the connection into a tunnel
     * @param times how often the request is made; each must be answered as expected
     * @param explained whether its fate is a matter of routing, which explain tells too
     * @param alsoHttp2 whether it comes to the same over HTTP/2
     * @param awaited whether it is made again, on a new connection, until it comes as expected
     */
    public record Request(
            Optional<String> name,
            String method,
            String path,
            String host,
            Map<String, List<String>> headers,
            Map<String, String> cookies,
            Optional<String> body,
            Map<String, String> trailers,
            boolean chunked,
            Optional<String> raw,
            Optional<Bytes> bytes,
            Optional<String> tunnel,
            Door door,
            Releases releases,
            int times,
            boolean explained,
            boolean alsoHttp2,
            boolean awaited,
            Expectation expect) {
        /** Shares of many requests are the same however they come. */
        private static final int MOST_REPEATED = 100;

        public Request {
            headers = new LinkedHashMap<>(headers);
            cookies = new LinkedHashMap<>(cookies);
            trailers = new LinkedHashMap<>(trailers);
        }

        /** With other texts wherever the file may have left one open. */
        Request fillIn(UnaryOperator<String> texts) {
            return new Request(
                    name,
                    method,
                    texts.apply(path),
                    texts.apply(host),
                    Texts.lists(headers, texts),
                    cookies,
                    body.map(texts),
                    trailers,
                    chunked,
                    raw.map(texts),
                    bytes.map(given -> given.fillIn(texts)),
                    tunnel,
                    door,
                    releases,
                    times,
                    explained,
                    alsoHttp2,
                    awaited,
                    expect.fillIn(texts));
        }

        /** Whether it is made again over HTTP/2, where it must come to the same. */
        boolean isRepeated() {
            return alsoHttp2 && times <= MOST_REPEATED && Http2Requests.isForBoth(this);
        }

        /** The same over HTTP/2. */
        Request overHttp2() {
            Map<String, List<String>> fields = lowerCase(headers);
            body.ifPresent(text ->
                    fields.put("content-length", List.of("" + text.getBytes(StandardCharsets.UTF_8).length)));
            return new Request(
                    Optional.of(label() + " over HTTP/2"),
                    method,
                    path,
                    host,
                    fields,
                    cookies,
                    body,
                    trailers,
                    chunked,
                    raw,
                    bytes,
                    tunnel,
                    door.overHttp2(),
                    releases,
                    times,
                    explained,
                    false,
                    awaited,
                    expect.forHttp2());
        }

        /** HTTP/2 has no other names. */
        private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
            Map<String, List<String>> lower = new LinkedHashMap<>();
            headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
            return lower;
        }

        /** For reports. */
        public String label() {
            return name.orElseGet(() -> method + " " + path);
        }
    }
}
