package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.rest.events.EventStreams;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.OptionalLong;
import org.glassfish.jersey.server.ChunkedOutput;

/** What happens, as Server-Sent Events. */
@Path("/api/v1/events")
@Needs(Role.VIEWER)
public final class EventsResource {
    static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String EVENT_STREAM = "text/event-stream";

    private final Head head;
    private final EventStreams streams;

    EventsResource(Head head, EventStreams streams) {
        this.head = head;
        this.streams = streams;
    }

    @GET
    @Produces(EVENT_STREAM)
    public Response watch(@Context HttpHeaders headers) {
        OptionalLong lastSeen = lastSeen(headers);
        ChunkedOutput<byte[]> stream = streams.open(lastSeen)
                .orElseThrow(() -> new ProblemException(Problem.of(
                                429,
                                "too-many-streams",
                                "Too many streams of events are open",
                                "At most " + EventStreams.MOST + " for each control plane. Try again later.")
                        .withHeader(HttpHeaders.RETRY_AFTER, "10")));
        return Response.ok(stream)
                .type(EVENT_STREAM)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private OptionalLong lastSeen(HttpHeaders headers) {
        Optional<String> text = Optional.ofNullable(headers.getHeaderString(LAST_EVENT_ID));
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        Optional<Long> n = text.get().equals("0") ? Optional.of(0L) : PastRevisions.number(text.get());
        if (n.isEmpty()
                || (n.get() > head.get().revision() && n.get() > head.refresh().revision())) {
            throw new ProblemException(Problem.invalid(new Violation(
                    "header." + LAST_EVENT_ID, Found.quote(text.get()), "the number of a revision, or 0")));
        }
        return OptionalLong.of(n.get());
    }
}
