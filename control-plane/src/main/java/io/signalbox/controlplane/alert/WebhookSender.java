package io.signalbox.controlplane.alert;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * Sends requests as Standard Webhooks 1.0 has them. It follows no redirect, which would lead elsewhere than the configuration
 * says, and reads no body. Any thread.
 */
public final class WebhookSender {
    /** From the connection on to the head of the response. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int GONE = 410;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .build();

    /** What became of a request. */
    sealed interface Answer {
        /** A status from 200 to 299. */
        record Taken() implements Answer {}

        /** @param isFinal whether the receiver wants to hear of it no more */
        record NotTaken(String why, boolean isFinal) implements Answer {}
    }

    /** Waits for the answer. */
    Answer send(Webhook webhook, String id, String body, Instant now) {
        HttpRequest request = HttpRequest.newBuilder(webhook.url())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "signalbox")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header(
                        "webhook-signature",
                        webhook.secrets().stream()
                                .map(secret -> secret.sign(id, now, body))
                                .collect(Collectors.joining(" ")))
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            response.body().close(); // whatever is in it, and however long it would take
            return answer(response.statusCode());
        } catch (IOException e) {
            return new Answer.NotTaken(e.toString(), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.NotTaken("interrupted", false);
        }
    }

    private static Answer answer(int status) {
        return status >= 200 && status < 300
                ? new Answer.Taken()
                : new Answer.NotTaken("answered " + status, status == GONE);
    }
}
