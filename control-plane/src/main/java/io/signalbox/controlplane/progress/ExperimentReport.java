package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.judge.SampleRatio;
import io.signalbox.controlplane.load.Assignment;
import io.signalbox.controlplane.load.ExperimentHistory.Arm;
import io.signalbox.controlplane.load.Exposures;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the variants of an experiment do. Pure.
 *
 * @param variants in the order of the experiment
 * @param ratio of the visitors that were newly assigned
 */
public record ExperimentReport(List<OfVariant> variants, SampleRatio ratio) {
    public ExperimentReport {
        variants = List.copyOf(variants);
    }

    /**
     * @param visitors who came without the cookie, each counted once by whoever keeps cookies
     * @param assigned of these and of those who came with it
     * @param forced of those whom a cookie of somebody else sent, who say nothing about users
     */
    public record OfVariant(String name, long visitors, Exposures assigned, Exposures forced) {}

    static ExperimentReport of(ExperimentSpec experiment, Map<Arm, Exposures> counts) {
        List<OfVariant> variants = experiment.variants().stream()
                .map(variant -> of(variant.name(), counts))
                .toList();
        Map<String, Long> visitors = variants.stream().collect(Collectors.toMap(OfVariant::name, OfVariant::visitors));
        return new ExperimentReport(variants, ratio(experiment, visitors));
    }

    private static OfVariant of(String variant, Map<Arm, Exposures> counts) {
        Exposures first = counts.getOrDefault(new Arm(variant, Assignment.NEW), Exposures.NONE);
        Exposures later = counts.getOrDefault(new Arm(variant, Assignment.KNOWN), Exposures.NONE);
        Exposures forced = counts.getOrDefault(new Arm(variant, Assignment.FORCED), Exposures.NONE);
        return new OfVariant(variant, first.requests(), first.plus(later), forced);
    }

    static SampleRatio ratio(ExperimentSpec experiment, Map<String, Long> visitors) {
        return new SampleRatio(
                experiment.variants().stream()
                        .map(variant -> (long) variant.weight())
                        .toList(),
                experiment.variants().stream()
                        .map(variant -> visitors.getOrDefault(variant.name(), 0L))
                        .toList());
    }

    /** The numbers of each variant: {@code control 5300 of 10000 visitors, 53.00 % (expected: 50.00 %)}. */
    static String inWords(ExperimentSpec experiment, SampleRatio ratio) {
        long all = ratio.visitors().stream().mapToLong(Long::longValue).sum();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < experiment.variants().size(); i++) {
            Variant variant = experiment.variants().get(i);
            words.append(words.isEmpty() ? "" : ", ")
                    .append(String.format(
                            Locale.ROOT,
                            "%s %d of %d visitors, %.2f %% (expected: %.2f %%)",
                            variant.name(),
                            ratio.visitors().get(i),
                            all,
                            100 * ratio.found(i),
                            100 * ratio.expected(i)));
        }
        return words.toString();
    }
}
