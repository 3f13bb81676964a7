package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.store.StoreUnavailable;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every failure as a problem. */
final class FailureMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return problem.problem().toResponse();
        } else if (failure instanceof StoreUnavailable unavailable) {
            LOG.warn("A request failed for want of the database: {}", innermost(unavailable));
            return unavailable(unavailable).toResponse();
        } else if (failure instanceof WebApplicationException web
                && web.getResponse().getStatus() < 500) {
            return problem(web).toResponse();
        }
        String id = UUID.randomUUID().toString();
        LOG.error("Request failed, id {}", id, failure);
        return Problem.of(500, "internal", "The server failed", "The log has more under the id " + id + ".")
                .toResponse();
    }

    /** While the database is away this is said for each request: no stack trace. */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return failure.getMessage() + (cause == failure ? "" : " (" + cause.getMessage() + ")");
    }

    private static Problem unavailable(StoreUnavailable failure) {
        return Problem.of(
                        503,
                        "unavailable",
                        "The database does not answer",
                        failure.outcomeUnknown()
                                ? "The change may have been made or not. Read before you try again."
                                : "Nothing was changed. Try again later.")
                .withHeader(HttpHeaders.RETRY_AFTER, "1");
    }

    private static Problem problem(WebApplicationException failure) {
        if (failure instanceof NotFoundException) {
            return Problem.of(404, "not-found", "There is nothing at this path", "The paths are in /openapi.json.");
        } else if (failure instanceof NotAllowedException) {
            Problem problem =
                    Problem.of(405, "method-not-allowed", "The method is not allowed here", "Allow says which are.");
            return Optional.ofNullable(failure.getResponse().getHeaderString(HttpHeaders.ALLOW))
                    .map(allow -> problem.withHeader(HttpHeaders.ALLOW, allow))
                    .orElse(problem);
        } else if (failure instanceof NotSupportedException) {
            return Problem.of(
                    415,
                    "unsupported-media-type",
                    "The content type is not supported",
                    "expected: application/json, or application/merge-patch+json to PATCH");
        }
        int status = failure.getResponse().getStatus();
        String reason = failure.getResponse().getStatusInfo().getReasonPhrase();
        return Problem.of(status, "http-" + status, reason, "The request cannot be served.");
    }
}
