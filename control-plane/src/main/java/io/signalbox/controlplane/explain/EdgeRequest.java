package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.routing.PathNormalizer;
import io.signalbox.routing.PathNormalizer.Normalized;
import io.signalbox.routing.RequestView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as a proxy's router sees it, after its connection manager is done with it: hop-by-hop headers are gone, what
 * clients may not say is removed, what the proxy knows itself is added. What a proxy alone can know is made up: the client
 * is {@value #CLIENT} where none is given, the id {@value #REQUEST_ID}.
 *
 * @param upgrade the protocol it asks for, lower case
 */
record EdgeRequest(
        String method,
        String scheme,
        String authority,
        String path,
        Map<String, List<String>> lines,
        EdgeClient connection,
        Optional<String> upgrade)
        implements RequestView {
    static final String CLIENT = "192.0.2.1";
    static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";

    /** What becomes of a request before routing. */
    sealed interface Arrival {
        record Routed(EdgeRequest request) implements Arrival {}

        record Redirected(String path) implements Arrival {}

        record Rejected(int status, String reason) implements Arrival {}
    }

    static Arrival of(SampleRequest sample, EdgePolicy policy) {
        Optional<Arrival.Rejected> rejected = EdgeRules.rejection(sample);
        if (rejected.isPresent()) {
            return rejected.get();
        }
        if (sample.method().equals("CONNECT")) {
            return new Arrival.Routed(tunnel(sample, policy));
        }
        Normalized normalized = PathNormalizer.normalize(sample.path(), policy.paths());
        if (normalized instanceof Normalized.Redirect redirect) {
            return new Arrival.Redirected(redirect.path());
        } else if (normalized instanceof Normalized.Path path) {
            EdgeHeaders headers = EdgeHeaders.of(sample, policy);
            return new Arrival.Routed(new EdgeRequest(
                    sample.method(),
                    scheme(headers, policy),
                    Wire.of(sample.host()),
                    path.path(),
                    headers.lines(),
                    headers.client(),
                    EdgeRules.upgrade(sample)));
        }
        return new Arrival.Rejected(
                400, "the path has a # or an encoded zero byte, or slashes that must not be escaped");
    }

    /** Its target is a host, and it has no path. */
    private static EdgeRequest tunnel(SampleRequest sample, EdgePolicy policy) {
        EdgeHeaders headers = EdgeHeaders.of(sample, policy);
        return new EdgeRequest(
                sample.method(),
                scheme(headers, policy),
                Wire.of(sample.path()),
                "",
                headers.lines(),
                headers.client(),
                Optional.of(Action.CONNECT));
    }

    /** What a trusted hop says of it, if that is a scheme. */
    private static String scheme(EdgeHeaders headers, EdgePolicy policy) {
        String said =
                headers.lines().getOrDefault("x-forwarded-proto", List.of("")).get(0);
        return said.equals("http") || said.equals("https") ? said : policy.scheme();
    }

    @Override
    public List<String> headers(String lowerCaseName) {
        return lines.getOrDefault(lowerCaseName, List.of());
    }

    /** The part of the target that conditions on paths look at. */
    String pathAlone() {
        int end = path.indexOf('?');
        return end < 0 ? path : path.substring(0, end);
    }
}
