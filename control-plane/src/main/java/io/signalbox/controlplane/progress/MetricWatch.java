package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.model.CanaryMetric;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.QueryTemplate.Variable;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.progress.MetricTrack.Asked;
import io.signalbox.controlplane.prometheus.QueryAnswer;
import io.signalbox.controlplane.prometheus.QuerySource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Asks for the metrics of canaries under way, each at its own time, and never waits: who is slow holds up nobody. Each replica
 * asks for itself, and keeps what it was answered until the canary is at another step. One thread looks; any thread observes.
 */
public final class MetricWatch implements MetricView {
    /** Prometheus takes 20 from everybody unless it is told otherwise ({@code --query.max-concurrency}). */
    private static final int MOST_AT_ONCE = 10;

    private final Supplier<Config> head;
    private final QuerySource source;
    private final InstantSource time;

    /** Of the thread that looks. */
    private final Map<Question, UnderWay> underWay = new HashMap<>();

    private volatile Map<Question, MetricTrack> tracks = Map.of();

    /** @param head gives the newest config */
    public MetricWatch(Supplier<Config> head, QuerySource source, InstantSource time) {
        this.head = head;
        this.source = source;
        this.time = time;
    }

    /**
     * One metric of a canary at one step: another step, pool or range is another question, of which nothing is known.
     *
     * @param query with all places filled
     */
    private record Question(String canary, Instant since, CanaryMetric metric, String query) {
        static List<Question> of(Resource<CanarySpec> canary) {
            return canary.spec().keepsPools()
                    ? canary.spec().state().since().stream()
                            .flatMap(since -> canary.spec().analysis().metrics().stream()
                                    .map(metric -> new Question(canary.name(), since, metric, query(metric, canary))))
                            .toList()
                    : List.of();
        }

        private static String query(CanaryMetric metric, Resource<CanarySpec> canary) {
            return metric.query().fill(variable -> value(variable, metric, canary));
        }

        private static String value(Variable variable, CanaryMetric metric, Resource<CanarySpec> canary) {
            return switch (variable) {
                case NAME -> canary.name();
                case STABLE -> canary.spec().stable();
                case CANARY -> canary.spec().canary();
                case INTERVAL -> duration(metric.interval());
            };
        }

        /** As PromQL has it. */
        private static String duration(Duration interval) {
            long millis = interval.toMillis();
            return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
        }

        /** What it looks back on is of this step alone. */
        MetricTrack begin() {
            return MetricTrack.begin(since.plus(metric.interval()));
        }
    }

    private record UnderWay(Instant since, CompletableFuture<QueryAnswer> answer) {}

    /** Takes in what was answered, and asks what is due. To be called again and again. */
    public void look() {
        Map<Question, MetricTrack> current = new LinkedHashMap<>();
        for (Resource<CanarySpec> canary : head.get().canaries().values()) {
            for (Question question : Question.of(canary)) {
                current.put(question, takeIn(question));
            }
        }
        tracks = Map.copyOf(current);
        underWay.entrySet() // what nobody wants to know any more
                .removeIf(each -> !current.containsKey(each.getKey())
                        && each.getValue().answer().isDone());
        Instant now = time.instant();
        current.entrySet().stream()
                .filter(each -> !underWay.containsKey(each.getKey()) && !now.isBefore(due(each)))
                .sorted(Comparator.comparing(MetricWatch::due))
                .limit(Math.max(0, MOST_AT_ONCE - underWay.size()))
                .forEach(each -> ask(each.getKey(), now));
    }

    private MetricTrack takeIn(Question question) {
        MetricTrack track = tracks.getOrDefault(question, question.begin());
        UnderWay asked = underWay.get(question);
        if (asked == null || !asked.answer().isDone()) {
            return track;
        }
        underWay.remove(question);
        return track.plus(
                new Asked(asked.since(), asked.answer().join()),
                question.metric().thresholdRange());
    }

    private static Instant due(Map.Entry<Question, MetricTrack> each) {
        return each.getValue().due(each.getKey().metric().interval());
    }

    private void ask(Question question, Instant now) {
        underWay.put(question, new UnderWay(now, source.ask(question.query())));
    }

    @Override
    public List<MetricReading> observe(Resource<CanarySpec> canary) {
        Instant now = time.instant();
        Map<Question, MetricTrack> known = tracks;
        return Question.of(canary).stream()
                .map(question -> known.getOrDefault(question, question.begin()).reading(question.metric(), now))
                .toList();
    }
}
