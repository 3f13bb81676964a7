package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.Allotment;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.Slice;
import io.signalbox.controlplane.model.Spec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary experiments on the first routes of a config, all of one layer; and what they are once they run. */
final class GeneratedExperiments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private GeneratedExperiments() {}

    static Arbitrary<ObjectNode> on(Arbitrary<ObjectNode> configs) {
        return Combinators.combine(configs, experiment().list().ofMaxSize(3)).as((config, experiments) -> {
            ObjectNode all = config.deepCopy();
            List<String> routes = new ArrayList<>();
            for (JsonNode resource : all.path("resources")) {
                if (resource.path("kind").asText().equals("route")) {
                    routes.add(resource.path("name").asText());
                }
            }
            for (int i = 0; i < experiments.size() && !routes.isEmpty(); i++) {
                ObjectNode spec = experiments.get(i).deepCopy();
                spec.putArray("routes").add(routes.get(i / 2 % routes.size()));
                all.withArray("resources")
                        .addObject()
                        .put("kind", "experiment")
                        .put("name", "experiment-" + i)
                        .set("spec", spec);
            }
            return all;
        });
    }

    private static Arbitrary<ObjectNode> experiment() {
        return Combinators.combine(
                        Arbitraries.of(0.0, 0.0001, 1.0, 12.5, 33.0),
                        GeneratedHeaders.on(variant()).list().ofMinSize(2).ofMaxSize(4),
                        Arbitraries.of("experiment", "!#$%&'*+.^_`|~-").optional(0.3))
                .as((population, variants, cookie) -> {
                    ObjectNode spec = JSON.objectNode().put("layer", "layer").put("population", population);
                    for (int i = 0; i < variants.size(); i++) {
                        ObjectNode variant = variants.get(i).deepCopy().put("name", "variant_" + i);
                        if (i == 0) {
                            variant.remove("pool");
                            variant.put("weight", 1);
                        }
                        spec.withArray("variants").add(variant);
                    }
                    cookie.ifPresent(name -> spec.putObject("cookie").put("name", name));
                    return spec;
                });
    }

    private static Arbitrary<ObjectNode> variant() {
        return Combinators.combine(
                        Arbitraries.of(0, 1, 2, 1_000_000),
                        Arbitraries.of("pool-0", "pool-1").optional(0.7))
                .as((weight, pool) -> {
                    ObjectNode variant = JSON.objectNode().put("weight", weight);
                    pool.ifPresent(name -> variant.put("pool", name));
                    return variant;
                });
    }

    /** All of which the routes can be divided, running. */
    static List<Resource<?>> running(List<Resource<?>> resources) {
        List<Slice> taken = new ArrayList<>();
        List<Resource<?>> running = new ArrayList<>();
        for (Resource<?> resource : resources) {
            if (resource.spec() instanceof ExperimentSpec spec
                    && spec.routes().stream().allMatch(name -> canBeDivided(name, resources))) {
                ExperimentSpec started = Allotment.of(spec.started(Instant.EPOCH), taken);
                taken.addAll(started.state().slices());
                running.add(with(resource, started));
            } else {
                running.add(resource);
            }
        }
        return running;
    }

    private static boolean canBeDivided(String route, List<Resource<?>> resources) {
        return resources.stream()
                .filter(resource ->
                        resource.spec().kind() == Kind.ROUTE && resource.name().equals(route))
                .allMatch(resource -> ((RouteSpec) resource.spec()).canBeDivided());
    }

    private static Resource<?> with(Resource<?> resource, Spec spec) {
        return new Resource<>(
                resource.name(),
                resource.labels(),
                spec,
                resource.createdRevision(),
                resource.revision(),
                resource.createdAt(),
                resource.updatedAt());
    }
}
