package io.signalbox.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.CommandFailure;
import io.signalbox.cli.files.ResourceDocument;
import io.signalbox.cli.rest.RestApi.Answer;
import io.signalbox.cli.rest.RestApi.WriteMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the control plane hold what documents say: all of them in one revision, or none. */
public final class ApplyDocuments {
    /** How often a write is tried that loses a race with another writer. */
    private static final int ATTEMPTS = 3;

    private final RestApi api;

    public ApplyDocuments(RestApi api) {
        this.api = api;
    }

    /**
     * @param revision the newest revision after the write; without changes the one before
     * @param outcomes in the order of the documents
     * @param refusals what proxies said against it, in their own words; known after {@link WriteMode#AWAIT_PROXIES}
     * @param applied whether every connected proxy has acknowledged it; known after the same
     * @param sentNanos when the write was sent, by {@link System#nanoTime()}
     */
    public record Result(
            long revision, List<Outcome> outcomes, List<String> refusals, boolean applied, long sentNanos) {
        public long changed() {
            return outcomes.stream().filter(Outcome::changed).count();
        }
    }

    /**
     * @param word {@code created}, {@code updated} or {@code unchanged}
     * @param before the resource as it was, missing when it was not there
     * @param after the resource as it is, or with a dry run as it would be
     */
    public record Outcome(ResourceDocument document, String word, JsonNode before, JsonNode after) {
        boolean changed() {
            return !word.equals("unchanged");
        }
    }

    /** @throws CommandFailure when the control plane refuses, with every violation */
    public Result apply(List<ResourceDocument> documents, Optional<String> reason, WriteMode mode)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            List<Optional<Answer>> before = new ArrayList<>();
            for (ResourceDocument document : documents) {
                before.add(api.find(document.kind().plural() + "/" + document.name()));
            }
            long sentNanos = System.nanoTime();
            Answer answer = api.changeset(body(documents, before, reason), mode);
            if (answer.status() != 412) {
                return result(documents, before, answer, sentNanos);
            }
            if (attempt == ATTEMPTS) {
                throw new CommandFailure("someone else keeps changing the same resources: " + RestApi.describe(answer));
            }
        }
    }

    private static ObjectNode body(
            List<ResourceDocument> documents, List<Optional<Answer>> before, Optional<String> reason) {
        ObjectNode body = RestApi.JSON.createObjectNode();
        reason.ifPresent(text -> body.put("reason", text));
        ArrayNode changes = body.putArray("changes");
        for (int i = 0; i < documents.size(); i++) {
            ResourceDocument document = documents.get(i);
            ObjectNode change = changes.addObject();
            change.put("kind", document.kind().singular());
            change.put("name", document.name());
            Optional<String> etag = before.get(i).flatMap(Answer::etag);
            if (etag.isPresent()) {
                change.put("ifMatch", etag.get());
            } else {
                change.put("ifNoneMatch", "*");
            }
            document.labels().ifPresent(labels -> change.set("labels", labels));
            change.set("spec", document.spec());
        }
        return body;
    }

    private static Result result(
            List<ResourceDocument> documents, List<Optional<Answer>> before, Answer answer, long sentNanos) {
        JsonNode changes = answer.body().path("changes");
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            JsonNode change = changes.path(i);
            JsonNode was = before.get(i).map(Answer::body).orElse(MissingNode.getInstance());
            outcomes.add(new Outcome(documents.get(i), change.path("result").asText(), was, change.path("resource")));
        }
        List<String> refusals = new ArrayList<>();
        for (JsonNode refused : answer.body().path("propagation").path("refused")) {
            refusals.add(
                    refused.path("node").asText() + ", " + refused.path("type").asText() + ": "
                            + refused.path("message").asText());
        }
        for (JsonNode withheld : answer.body().path("propagation").path("withheld")) {
            refusals.add(withheld.path("node").asText() + ": " + withheld(withheld));
        }
        boolean applied = answer.body().path("applied").asBoolean();
        return new Result(answer.body().path("revision").asLong(), outcomes, refusals, applied, sentNanos);
    }

    /** What a node is not sent, and why, in words. */
    public static String withheld(JsonNode withheld) {
        return withheld.path("resource").asText() + " is not sent to it, as "
                + withheld.path("field").asText() + " needs Envoy "
                + withheld.path("needs").asText() + " and it is "
                + withheld.path("has").asText();
    }
}
