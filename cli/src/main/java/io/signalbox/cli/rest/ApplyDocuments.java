package io.signalbox.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.CommandFailure;
import io.signalbox.cli.files.ResourceDocument;
import io.signalbox.cli.rest.RestApi.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
     */
    public record Result(long revision, List<Outcome> outcomes) {
        public long changed() {
            return outcomes.stream().filter(Outcome::changed).count();
        }
    }

    /**
     * @param word {@code created}, {@code updated} or {@code unchanged}
     * @param before the resource as it was, missing when it was not there
     * @param after the resource as it is, missing when the server did not say
     */
    public record Outcome(ResourceDocument document, String word, JsonNode before, JsonNode after) {
        boolean changed() {
            return !word.equals("unchanged");
        }
    }

    /** @throws CommandFailure when the control plane refuses, with every violation */
    public Result apply(List<ResourceDocument> documents, Optional<String> reason, boolean dryRun)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            List<Optional<Answer>> before = new ArrayList<>();
            for (ResourceDocument document : documents) {
                before.add(api.find(document.kind().plural() + "/" + document.name()));
            }
            Answer answer = api.changeset(body(documents, before, reason), dryRun);
            if (answer.status() != 412) {
                return result(documents, before, answer);
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

    private static Result result(List<ResourceDocument> documents, List<Optional<Answer>> before, Answer answer) {
        JsonNode changes = answer.body().path("changes");
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            JsonNode change = changes.path(i);
            outcomes.add(new Outcome(
                    documents.get(i),
                    change.path("result").asText().toLowerCase(Locale.ROOT),
                    before.get(i).map(Answer::body).orElse(MissingNode.getInstance()),
                    change.path("resource")));
        }
        return new Result(answer.body().path("revision").asLong(), outcomes);
    }
}
