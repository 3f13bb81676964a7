package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Answer;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.RawRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * A canary whose share is set by hand. Each move is over when all proxies have acknowledged it and answer by it on every
 * connection. Stateless.
 *
 * @param stable a server's name, and that of its pool; likewise {@code canary}
 * @param path of a route to the stable pool alone
 */
record MovedCanary(ApiClient api, String name, String stable, String canary, String path) {
    private static final String WAIT = "wait=applied&timeout=30s";

    /** The servers of both. */
    Set<String> arms() {
        return Set.of(stable, canary);
    }

    /** Makes it, not started yet. */
    void create() {
        api.put("canaries", name, weight(0).put("stable", stable).put("canary", canary), Expect.ABSENT);
    }

    /** Puts a share of the users on it, in percent, above 0. */
    void start(int weight, Clients clients) throws IOException {
        api.patch("canaries", name, weight(weight), "");
        applied(api.post("/api/v1/canaries/" + name + ":start?" + WAIT));
        awaitShare(weight, clients);
    }

    /** Puts a greater share of the users on it. */
    void raise(int weight, Clients clients) throws IOException {
        applied(api.patch("canaries", name, weight(weight), WAIT));
        awaitShare(weight, clients);
    }

    /** Takes everybody off it. */
    void abort(Clients clients) throws IOException {
        applied(api.post("/api/v1/canaries/" + name + ":abort?" + WAIT));
        clients.await(request("canary=true"), stable);
    }

    private static ObjectNode weight(int weight) {
        return JsonNodeFactory.instance.objectNode().put("weight", weight);
    }

    private static void applied(Answer answer) throws IOException {
        if (!answer.body().path("applied").asBoolean()) {
            throw new IOException(
                    "not applied: " + answer.body().path("propagation").toString());
        }
    }

    /** The last of the bands that belong to the share was the stable pool's before. */
    private void awaitShare(int weight, Clients clients) throws IOException {
        clients.await(request(String.format(Locale.ROOT, "canary-%s=%02d", name, weight - 1)), canary);
    }

    private RawRequest request(String cookie) {
        return RawRequest.get(BenchStack.HOST, path).with("Cookie", cookie);
    }
}
