package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.change.Keyed;
import io.signalbox.controlplane.change.Outcome.Applied;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.store.StoredAnswer;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The {@code Idempotency-Key} of a POST: draft-ietf-httpapi-idempotency-key-header. The value is a string of RFC 8941, so
 * it stands in quotes.
 */
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";

    private static final Pattern VALUE = Pattern.compile("\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"");

    /** How a request is to be answered, not what it is to do. */
    private static final Set<String> NOT_OF_THE_REQUEST = Set.of(WriteOptions.WAIT, WriteOptions.TIMEOUT);

    private IdempotencyKey() {}

    /**
     * @param answering makes the answer that is kept, of what was done; pure
     * @return empty without the header, and for a dry run, which leaves nothing behind
     */
    static Optional<Keyed> of(
            HttpHeaders headers,
            UriInfo uri,
            JsonNode body,
            WriteOptions options,
            Function<Applied, StoredAnswer> answering) {
        Optional<String> value = Optional.ofNullable(headers.getHeaderString(HEADER));
        value.filter(text -> !VALUE.matcher(text).matches()).ifPresent(text -> {
            throw new ProblemException(Problem.invalid(new Violation(
                    "header." + HEADER,
                    Found.quote(text),
                    "1 to 255 characters of printable ASCII in double quotes (a string of RFC 8941)")));
        });
        return options.dryRun()
                ? Optional.empty()
                : value.map(key -> new Keyed(key, fingerprint(uri, body), answering));
    }

    /** What the request asks for: path, parameters and body, however the body is spaced. */
    private static String fingerprint(UriInfo uri, JsonNode body) {
        TreeMap<String, Object> parameters = new TreeMap<>(uri.getQueryParameters());
        parameters.keySet().removeAll(NOT_OF_THE_REQUEST);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("POST " + uri.getPath() + " " + parameters + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(Answers.bytes(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has it", e);
        }
    }
}
