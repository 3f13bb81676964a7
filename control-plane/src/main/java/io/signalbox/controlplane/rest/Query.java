package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.rest.body.FieldPath;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The query parameters of a request. A wrong one ends the request with 400. */
final class Query {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final UriInfo uri;

    Query(UriInfo uri) {
        this.uri = uri;
    }

    static String field(String name) {
        return FieldPath.field("query", name);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(name));
    }

    boolean flag(String name) {
        return find(name)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw wrong(name, value, "true or false");
                })
                .orElse(false);
    }

    int integer(String name, int absent, int lowest, int highest) {
        return find(name)
                .map(value -> {
                    if (value.matches("[0-9]{1,9}")) {
                        int number = Integer.parseInt(value);
                        if (number >= lowest && number <= highest) {
                            return number;
                        }
                    }
                    throw wrong(name, value, "an integer from " + lowest + " to " + highest);
                })
                .orElse(absent);
    }

    /** A time that Postgres knows too: what is earlier or later than all that happens is brought there. */
    static Instant instant(String name, String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant.isAfter(LATEST) ? LATEST : instant;
        } catch (DateTimeException e) {
            throw wrong(name, text, "a time such as 2026-01-31T12:00:00Z");
        }
    }

    static ProblemException wrong(String name, String value, String expected) {
        return new ProblemException(Problem.invalid(new Violation(field(name), Found.quote(value), expected)));
    }
}
