package io.signalbox.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What has to come back. What is left out is not looked at, except that a pool or backend means status 200.
 *
 * @param refused there is no answer: the proxy refuses the handshake, or closes the connection
 * @param location of the response
 * @param body of the response
 * @param bodyLike an expression that the body must match as a whole
 * @param headers of the response; null: must not be there
 * @param headersLike of the response: expressions that the one line of a header must match as a whole
 * @param connection {@code kept} or {@code closed}, as the response says
 * @param certificate a DNS name of the certificate that the proxy showed
 * @param tls what the handshake came to
 * @param tunnel what came back through the tunnel
 * @param bytes all that came back before the connection ended, where there are no requests
 * @param accessLog the next line that the proxy logs
 * @param upstream what the backend that answered must have been asked
 */
record Expectation(
        boolean refused,
        Optional<Integer> status,
        Answered answered,
        Optional<String> location,
        Optional<String> body,
        Optional<String> bodyLike,
        OptionalInt bodyBytes,
        Map<String, @Nullable List<String>> headers,
        Map<String, String> headersLike,
        Optional<String> connection,
        Optional<String> certificate,
        Map<String, String> tls,
        Optional<String> tunnel,
        Optional<String> bytes,
        Optional<String> accessLog,
        Optional<Upstream> upstream,
        Asked asked) {

    /** The same over HTTP/2, which needs neither the length of nothing nor chunks. */
    Expectation forHttp2() {
        Map<String, @Nullable List<String>> others = new LinkedHashMap<>(headers);
        others.remove("content-length", List.of("0"));
        others.remove("transfer-encoding", List.of("chunked"));
        return new Expectation(
                refused,
                status,
                answered,
                location,
                body,
                bodyLike,
                bodyBytes,
                others,
                headersLike,
                connection,
                certificate,
                tls,
                tunnel,
                bytes,
                accessLog,
                upstream,
                asked);
    }

    /** With other texts wherever the file may have left one open. */
    Expectation fillIn(UnaryOperator<String> texts) {
        return new Expectation(
                refused,
                status,
                answered,
                location.map(texts),
                body.map(texts),
                bodyLike,
                bodyBytes,
                Texts.listsOrNulls(headers, texts),
                Texts.values(headersLike, texts),
                connection,
                certificate,
                tls,
                tunnel,
                bytes.map(texts),
                accessLog.map(texts),
                upstream.map(u -> u.fillIn(texts)),
                asked.fillIn(texts));
    }

    /**
     * Who answered.
     *
     * @param pool the pool that must have answered
     * @param backend the one backend that must have answered
     * @param share how many percent of the answers must come from each pool, give or take {@code tolerance} points
     * @param backendShare the same for single backends
     * @param sameBackend whether all answers must come from one backend, whichever it is
     */
    record Answered(
            Optional<String> pool,
            Optional<String> backend,
            Map<String, Double> share,
            Map<String, Double> backendShare,
            double tolerance,
            boolean sameBackend) {
        /** Whether a backend must have answered, and not the proxy itself. */
        boolean fromBackend() {
            return pool.isPresent() || backend.isPresent() || !share.isEmpty() || !backendShare.isEmpty();
        }
    }

    /**
     * What the case's own backends were asked, whoever answered: retries and mirrors show here.
     *
     * @param times how often each backend was
     * @param share the same in percent of how often the request was made, give or take the tolerance of the answers
     * @param attempts which backends were, in order
     * @param seen what each was asked last
     */
    record Asked(
            Map<String, Integer> times, Map<String, Double> share, List<String> attempts, Map<String, Upstream> seen) {
        Asked {
            times = new LinkedHashMap<>(times);
            share = new LinkedHashMap<>(share);
            attempts = List.copyOf(attempts);
            seen = new LinkedHashMap<>(seen);
        }

        Asked fillIn(UnaryOperator<String> texts) {
            Map<String, Upstream> filled = new LinkedHashMap<>();
            seen.forEach((backend, upstream) -> filled.put(backend, upstream.fillIn(texts)));
            return new Asked(times, share, attempts, filled);
        }
    }

    /**
     * @param protocol {@code HTTP/1.1} or {@code HTTP/2}
     * @param headers by lower-case name; null: must not be there
     * @param serverName what the proxy asked for by TLS
     * @param clientName the first DNS name of the certificate that the proxy showed
     */
    record Upstream(
            Optional<String> protocol,
            Optional<String> method,
            Optional<String> path,
            Map<String, @Nullable List<String>> headers,
            OptionalInt bodyBytes,
            Optional<String> serverName,
            Optional<String> clientName) {
        Upstream fillIn(UnaryOperator<String> texts) {
            return new Upstream(
                    protocol,
                    method,
                    path.map(texts),
                    Texts.listsOrNulls(headers, texts),
                    bodyBytes,
                    serverName,
                    clientName);
        }
    }
}
