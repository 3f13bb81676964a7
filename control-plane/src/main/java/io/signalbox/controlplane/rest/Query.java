package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.rest.body.FieldPath;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** The query parameters of a request. A wrong one ends the request with 400. */
final class Query {
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

    static ProblemException wrong(String name, String value, String expected) {
        return new ProblemException(Problem.invalid(new Violation(field(name), Found.quote(value), expected)));
    }
}
