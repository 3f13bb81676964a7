package io.signalbox.controlplane.prometheus;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Asks a Prometheus for the value that a query has now. It follows no redirect, which would take the credentials elsewhere
 * than the configuration says. Any thread.
 */
public final class PrometheusClient implements QuerySource {
    private final PrometheusConfig config;
    private final HttpClient client;

    public PrometheusClient(PrometheusConfig config) {
        this.config = config;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(config.timeout())
                .build();
    }

    @Override
    public CompletableFuture<QueryAnswer> ask(String query) {
        HttpRequest request;
        try {
            request = request(query);
        } catch (IOException e) { // whose message may tell where secrets are
            return CompletableFuture.completedFuture(
                    new QueryAnswer.Nothing("the credentials for Prometheus cannot be read"));
        }
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, response -> new ShortBody());
        CompletableFuture<QueryAnswer> answer = sent.handle((response, failure) -> failure == null
                ? AnswerParser.parse(response.statusCode(), response.body())
                : new QueryAnswer.Nothing(why(failure)));
        String late = "Prometheus did not answer within " + config.timeout().toSeconds() + " s";
        CompletableFuture<QueryAnswer> inTime = answer.completeOnTimeout(
                new QueryAnswer.Nothing(late), config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return inTime.whenComplete((result, failure) -> sent.cancel(true)); // where it still goes on
    }

    /** As a form, so that no proxy on the way finds a query too long for a URL, or logs it. */
    private HttpRequest request(String query) throws IOException {
        String form = "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&timeout="
                + config.timeout().toSeconds() + "s";
        HttpRequest.Builder request = HttpRequest.newBuilder(config.queries())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .header("User-Agent", "signalbox")
                .POST(BodyPublishers.ofString(form));
        config.credentials().header().ifPresent(header -> request.header("Authorization", header));
        return request.build();
    }

    private static String why(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ShortBody.TooLong) {
            return "Prometheus answered more than " + ShortBody.MOST_BYTES + " bytes (expected: one sample)";
        }
        String detail = cause instanceof SSLException ? ": " + cause.getMessage() : "";
        return "Prometheus cannot be reached (" + cause.getClass().getSimpleName() + detail + ")";
    }
}
