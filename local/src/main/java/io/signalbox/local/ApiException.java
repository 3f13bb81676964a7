package io.signalbox.local;

import com.fasterxml.jackson.databind.JsonNode;

/** The REST API did not do what was asked. The message holds the request and the problem it answered with. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient JsonNode problem;

    ApiException(String request, int status, JsonNode problem) {
        super(request + " was answered " + status + ": " + problem);
        this.status = status;
        this.problem = problem;
    }

    public int status() {
        return status;
    }

    /** The problem+json (RFC 9457); a JSON null when the answer was none. */
    public JsonNode problem() {
        return problem;
    }
}
