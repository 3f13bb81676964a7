package io.signalbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * @param olderResources are stored by a revision of their own before {@code resources}
 */
public record ConformanceCase(
        String suite,
        String id,
        String title,
        String why,
        String docs,
        List<String> pools,
        List<Document> olderResources,
        List<Document> resources,
        List<Request> requests) {

    public ConformanceCase {
        pools = List.copyOf(pools);
        olderResources = List.copyOf(olderResources);
        resources = List.copyOf(resources);
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

    /** A resource in the form of files: {@code kind: route} … */
    public record Document(String kind, String name, JsonNode spec) {}

    /**
     * @param name says which of the requests it is; by default method and path
     * @param headers lines by name; several values become several lines
     * @param cookies become one {@code Cookie} line; several lines are written as {@code headers}
     * @param raw the whole request as it goes out, instead of method, path, host, headers and cookies
     * @param tls the name (SNI) to ask for over TLS; without, plain HTTP is spoken
     * @param since the first Envoy release it is made on, {@code 1.39}; the reference counts as the newest
     * @param before the first Envoy release it is not made on any more
     * @param times how often the request is made; each must be answered as expected
     */
    public record Request(
            Optional<String> name,
            String method,
            String path,
            String host,
            Map<String, List<String>> headers,
            Map<String, String> cookies,
            Optional<String> body,
            Optional<String> raw,
            Optional<String> tls,
            Optional<Release> since,
            Optional<Release> before,
            int times,
            Expectation expect) {

        public Request {
            headers = new LinkedHashMap<>(headers);
            cookies = new LinkedHashMap<>(cookies);
        }

        /** Whether it is made on a proxy that behaves as this release. */
        boolean isFor(Release release) {
            return since.stream().allMatch(first -> first.compareTo(release) <= 0)
                    && before.stream().allMatch(end -> end.compareTo(release) > 0);
        }

        /** For reports. */
        public String label() {
            return name.orElseGet(() -> method + " " + path);
        }
    }

    /**
     * What has to come back. What is left out is not looked at, except that a pool or backend means status 200.
     *
     * @param pool the pool that must have answered
     * @param backend the one backend that must have answered
     * @param share how many percent of the answers must come from each pool, give or take {@code tolerance} points
     * @param backendShare the same for single backends
     * @param headers of the response; null: must not be there
     * @param connection {@code kept} or {@code closed}, as the response says
     * @param certificate a DNS name of the certificate that the proxy showed
     * @param upstream what the backend must have been asked
     */
    public record Expectation(
            Optional<Integer> status,
            Optional<String> pool,
            Optional<String> backend,
            Map<String, Double> share,
            Map<String, Double> backendShare,
            double tolerance,
            Optional<String> location,
            Optional<String> body,
            Map<String, @Nullable List<String>> headers,
            Optional<String> connection,
            Optional<String> certificate,
            Optional<Upstream> upstream) {

        /** Whether a backend must have answered, and not the proxy itself. */
        boolean fromBackend() {
            return pool.isPresent() || backend.isPresent() || !share.isEmpty() || !backendShare.isEmpty();
        }
    }

    /**
     * @param headers by lower-case name; null: must not be there
     */
    public record Upstream(
            Optional<String> method, Optional<String> path, Map<String, @Nullable List<String>> headers) {}
}
