package io.signalbox.cli.quickstart;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One thing that must hold on a plane. */
interface Check {
    /** What must hold, in a line. */
    String title();

    /** What was seen instead; empty when it holds. */
    Optional<String> failure(EdgeClient client) throws IOException;

    /** The request is answered by a server of the pool. */
    static Check reaches(EdgeRequest request, String pool) {
        return of(request + " reaches " + pool, client -> {
            EdgeAnswer answer = client.send(request);
            return answer.pool().equals(pool) ? Optional.empty() : Optional.of(seen(answer));
        });
    }

    /** The request is answered by anything but the pool. */
    static Check misses(EdgeRequest request, String pool) {
        return of(request + " does not reach " + pool, client -> {
            EdgeAnswer answer = client.send(request);
            return answer.pool().equals(pool) ? Optional.of(seen(answer)) : Optional.empty();
        });
    }

    /** Round robin: of 30 requests for each server, each server gets 30, give or take a fifth. */
    static Check spreads(EdgeRequest request, int servers) {
        return of(request + " is spread evenly over " + servers + " servers", client -> {
            Map<String, Integer> counts = new TreeMap<>();
            for (int i = 0; i < 30 * servers; i++) {
                counts.merge(client.send(request).server(), 1, Integer::sum);
            }
            boolean even = counts.size() == servers
                    && !counts.containsKey("")
                    && counts.values().stream().allMatch(count -> count >= 24 && count <= 36);
            return even ? Optional.empty() : Optional.of("requests by server: " + counts);
        });
    }

    /** The servers, which speak plain HTTP only, are told that the client spoke HTTPS. */
    static Check backendsLearnOfTls(EdgeRequest request) {
        return of("servers get plain HTTP and x-forwarded-proto: https", client -> {
            EdgeAnswer answer = client.send(request);
            boolean told = answer.body().contains("\"x-forwarded-proto\":[\"https\"]");
            return told ? Optional.empty() : Optional.of("the server was sent " + answer.body());
        });
    }

    static Check of(String title, Attempt attempt) {
        return new Check() {
            @Override
            public String title() {
                return title;
            }

            @Override
            public Optional<String> failure(EdgeClient client) throws IOException {
                return attempt.failure(client);
            }
        };
    }

    /** The work of a check. */
    interface Attempt {
        Optional<String> failure(EdgeClient client) throws IOException;
    }

    private static String seen(EdgeAnswer answer) {
        String server = answer.server().isEmpty() ? "the proxy itself" : answer.server();
        return "status " + answer.status() + " from " + server;
    }
}
