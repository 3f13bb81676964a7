package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.signalbox.controlplane.compile.Compiler;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.Allotment;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.Slice;
import io.signalbox.controlplane.model.Spec;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.resource.Translator;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Change;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.RouteTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Routes and running experiments, as a control plane is told of them and, without one, as the routing library decides over
 * them. Routes send to pool {@code a}, and so does each experiment's control.
 */
final class ExperimentSet {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_IN_A_CHANGE_SET = 1000;

    private record Item(Kind kind, String name, ObjectNode spec) {}

    private final List<Item> items = new ArrayList<>();

    /** A route for {@code /NAME} and what is below it, to pool {@code a}. */
    void route(String host, String name) {
        route(host, name, false);
    }

    /** @param split whether half of its requests, by chance, go to pool {@code b} */
    void route(String host, String name, boolean split) {
        ObjectNode route = JSON.createObjectNode();
        route.putArray("hosts").add(host);
        route.putObject("match").putObject("path").put("prefix", "/" + name);
        ArrayNode pools = route.putObject("action").putObject("forward").putArray("pools");
        pools.addObject().put("pool", "a");
        if (split) {
            pools.addObject().put("pool", "b");
        }
        items.add(new Item(Kind.ROUTE, name, route));
    }

    /**
     * @param percent of the layer's users
     * @param control the weight of control against the variant's, which is 1
     * @param pool of the variant; empty for the one that the route sends to, so that a header alone tells servers
     * @param cookie that forces variants
     * @param counted of how many percent of those who come again the requests are counted
     */
    record Experiment(
            String name,
            String route,
            String layer,
            double percent,
            int control,
            Optional<String> pool,
            Optional<String> cookie,
            int counted) {}

    /** With a variant that has its name. */
    void experiment(Experiment experiment) {
        ObjectNode spec = JSON.createObjectNode().put("layer", experiment.layer).put("population", experiment.percent);
        spec.put("counted", experiment.counted);
        spec.putArray("routes").add(experiment.route);
        spec.withArray("variants").addObject().put("name", "control").put("weight", experiment.control);
        ObjectNode variant = spec.withArray("variants").addObject().put("name", experiment.name);
        experiment.pool.ifPresent(pool -> variant.put("pool", pool));
        experiment.cookie.ifPresent(force -> spec.putObject("cookie").put("name", force));
        items.add(new Item(Kind.EXPERIMENT, experiment.name, spec));
    }

    /** Stores and starts all of it; the pools are there. */
    void create(ApiClient api) {
        List<Change> changes = items.stream()
                .map(item ->
                        new Change(item.kind.singular(), item.name, Expect.ABSENT, Optional.of(item.spec), Map.of()))
                .toList();
        for (int i = 0; i < changes.size(); i += MOST_IN_A_CHANGE_SET) {
            api.changeSet("bench", changes.subList(i, Math.min(changes.size(), i + MOST_IN_A_CHANGE_SET)), "");
        }
        for (Item item : items) {
            if (item.kind == Kind.EXPERIMENT) {
                api.post("/api/v1/experiments/" + item.name + ":start");
            }
        }
    }

    /** What a proxy decides by. */
    RouteTable table() throws InvalidRouteConfiguration {
        List<Resource<?>> resources = new ArrayList<>();
        resources.add(resource("bench", spec(Kind.LISTENER, "{\"address\":\"127.0.0.1\",\"port\":1,\"http\":{}}")));
        resources.add(resource("a", spec(Kind.POOL, "{}")));
        resources.add(resource("b", spec(Kind.POOL, "{}")));
        Map<String, List<Slice>> taken = new HashMap<>();
        for (Item item : items) {
            Spec spec = ModelJson.fromJson(item.kind, item.spec);
            if (spec instanceof ExperimentSpec experiment) {
                List<Slice> ofLayer =
                        taken.computeIfAbsent(experiment.layer().orElse(item.name), layer -> new ArrayList<>());
                ExperimentSpec started = Allotment.of(experiment.started(Instant.EPOCH), ofLayer);
                ofLayer.addAll(started.state().slices());
                spec = started;
            }
            resources.add(resource(item.name, spec));
        }
        var routes = new Translator()
                .translate(Compiler.compile(Config.of(1, resources)))
                .byType()
                .get(ResourceType.ROUTE);
        return RouteTable.parse((RouteConfiguration)
                Objects.requireNonNull(Objects.requireNonNull(routes).get("bench")));
    }

    private static Spec spec(Kind kind, String json) {
        try {
            return ModelJson.fromJson(kind, JSON.readTree(json));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Resource<?> resource(String name, Spec spec) {
        return new Resource<>(name, new TreeMap<>(), spec, 1, 1, Instant.EPOCH, Instant.EPOCH);
    }
}
