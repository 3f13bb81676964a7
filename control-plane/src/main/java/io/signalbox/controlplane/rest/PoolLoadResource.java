package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.load.NodeMinute;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What proxies report of the load on a pool. */
@Path("/api/v1/pools/{name}/load")
@Needs(Role.VIEWER)
public final class PoolLoadResource {
    private static final String SINCE = "since";
    private static final Duration USUAL = Duration.ofMinutes(15);

    private final Head head;
    private final AdminApi.Loads loads;
    private final InstantSource time;

    PoolLoadResource(Head head, AdminApi.Loads loads, InstantSource time) {
        this.head = head;
        this.loads = loads;
        this.time = time;
    }

    @GET
    @TakesQuery({SINCE, Paging.PAGE_SIZE, Paging.PAGE_TOKEN})
    public Response list(@PathParam("name") String name, @Context UriInfo uri) {
        Query query = new Query(uri);
        Paging paging = Paging.of(query, "load/" + name);
        ResourceKey pool = new ResourceKey(Kind.POOL, name);
        if (head.get().find(pool).isEmpty()) {
            throw new ProblemException(Refusals.notFound(pool));
        }
        Instant since = query.find(SINCE)
                .map(text -> Query.instant(SINCE, text))
                .orElseGet(() -> time.instant().minus(USUAL).truncatedTo(ChronoUnit.MINUTES));
        Instant from = paging.after()
                .map(last -> Query.instant(Paging.PAGE_TOKEN, last).plusMillis(1))
                .orElse(since);
        SortedMap<Instant, SortedMap<String, NodeMinute.Load>> minutes =
                loads.all().minutes(name, from, paging.size() + 1);
        SortedMap<Instant, Latencies> latencies = minutes.isEmpty()
                ? Collections.emptySortedMap()
                : loads.latencies().minutes(name, minutes.firstKey(), minutes.lastKey());
        return Answers.json(
                        200,
                        paging.page(
                                minutes.entrySet().stream(),
                                minute -> minute.getKey().toString(),
                                minute -> toJson(minute, Optional.ofNullable(latencies.get(minute.getKey())))))
                .build();
    }

    private static ObjectNode toJson(
            Map.Entry<Instant, SortedMap<String, NodeMinute.Load>> minute, Optional<Latencies> latencies) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("start", minute.getKey().toString());
        ArrayNode nodes = json.putArray("nodes");
        minute.getValue()
                .forEach((node, load) -> nodes.addObject()
                        .put("node", node)
                        .put("requests", load.counts().requests())
                        .put("errors", load.counts().errors())
                        .put("inProgress", load.inProgress()));
        latencies.ifPresent(times -> json.set("latency", LatencyView.toJson(times)));
        return json;
    }
}
