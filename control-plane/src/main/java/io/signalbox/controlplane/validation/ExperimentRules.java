package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Allotment;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.LayerPrime;
import io.signalbox.controlplane.model.Slice;
import io.signalbox.controlplane.model.Spec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class ExperimentRules {
    private static final int DECIMALS_OF_POPULATIONS = 4;

    private final String name;
    private final ExperimentSpec experiment;
    private final Findings findings;

    private ExperimentRules(String name, ExperimentSpec experiment, Findings findings) {
        this.name = name;
        this.experiment = experiment;
        this.findings = findings;
    }

    static void check(
            String name, ExperimentSpec spec, Optional<Spec> before, Config after, Instant now, Findings findings) {
        ExperimentRules rules = new ExperimentRules(name, spec, findings);
        rules.checkPlaces();
        rules.checkVariants();
        rules.checkWindow();
        Optional<ExperimentSpec> running = before.map(ExperimentSpec.class::cast)
                .filter(ExperimentSpec::isRunning)
                .filter(other -> spec.isRunning());
        running.ifPresent(rules::checkStays);
        if (spec.isRunning()) {
            if (running.isEmpty()) {
                rules.checkTime(now);
            }
            rules.checkPopulation();
            rules.checkLayer(after);
            DividedRoutes.check(name, spec, after, findings);
        }
    }

    private void checkPlaces() {
        if (experiment.routes().isEmpty() && experiment.hosts().isEmpty()) {
            findings.at("routes").add("nothing, and no hosts", "names of routes, or hosts, or both");
        }
    }

    private void checkVariants() {
        List<Variant> variants = experiment.variants();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < variants.size(); i++) {
            Variant variant = variants.get(i);
            if (!seen.add(variant.name())) {
                findings.at("variants", i)
                        .at("name")
                        .add(Findings.quote(variant.name()) + " again", "each variant once");
            }
            HeaderRules.check(variant.headers(), findings.at("variants", i));
        }
        variants.get(0)
                .pool()
                .ifPresent(pool -> findings.at("variants", 0)
                        .at("pool")
                        .add(Findings.quote(pool), "none, as the first variant goes where the routes send"));
        if (variants.stream().mapToLong(Variant::weight).sum() == 0) {
            findings.at("variants").add("weights that are all 0", "a weight above 0");
        }
    }

    private void checkWindow() {
        Optional<Instant> start = experiment.window().start();
        experiment
                .window()
                .end()
                .filter(end -> start.isPresent() && !end.isAfter(start.get()))
                .ifPresent(end -> findings.at("endsAt").add(Findings.quote(end.toString()), "a time after startsAt"));
    }

    /** Users would change variants. */
    private void checkStays(ExperimentSpec before) {
        String expected = "no change while the experiment runs; stop it first";
        if (!before.layer().equals(experiment.layer())) {
            findings.at("layer").add(Findings.quote(experiment.layer().orElse("")), expected);
        }
        if (!shares(before).equals(shares(experiment))) {
            findings.at("variants").add("other names or weights", expected);
        }
    }

    private static List<String> shares(ExperimentSpec spec) {
        return spec.variants().stream()
                .map(variant -> variant.name() + " " + variant.weight())
                .toList();
    }

    private void checkTime(Instant now) {
        experiment
                .window()
                .end()
                .filter(end -> !end.isAfter(now))
                .ifPresent(end -> findings.at("endsAt").add(Findings.quote(end.toString()), "a time to come"));
    }

    private void checkPopulation() {
        long has = Slice.total(experiment.state().slices());
        if (has < Allotment.users(experiment)) {
            String layer = experiment.layer().orElse(name);
            findings.at("population")
                    .add(
                            percent(experiment.population()) + " percent",
                            "at most " + percent(has * Slice.MILLION / Slice.ALL)
                                    + " percent, as the others that run in layer " + layer + " have the rest");
        }
    }

    /** Layers divide one and the same hash, each by its prime. */
    private void checkLayer(Config after) {
        String layer = experiment.layer().orElse(name);
        int prime = LayerPrime.of(layer);
        after.experiments().values().stream()
                .filter(other -> other.spec().isRunning())
                .map(ExperimentSpec::layerOf)
                .distinct()
                .filter(other -> !other.equals(layer) && LayerPrime.of(other) == prime)
                .forEach(other -> findings.at("layer")
                        .add(
                                Findings.quote(layer) + ", which by chance divides users as the layer "
                                        + Findings.quote(other) + " does, in which experiments run",
                                "a layer of another name"));
    }

    private static String percent(long population) {
        return BigDecimal.valueOf(population, DECIMALS_OF_POPULATIONS)
                .stripTrailingZeros()
                .toPlainString();
    }
}
