package io.signalbox.controlplane.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.judge.Verdict;
import io.signalbox.controlplane.model.CanaryAnalysis;
import io.signalbox.controlplane.model.CanaryMetric;
import io.signalbox.controlplane.model.CanaryMetric.ThresholdRange;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CanarySpec.Phase;
import io.signalbox.controlplane.model.CanarySpec.State;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.QueryTemplate;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.prometheus.QueryAnswer;
import io.signalbox.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers come when tests say so, in whichever order. */
final class MetricWatchTest {
    private static final Duration INTERVAL = Duration.ofSeconds(90);

    private final FakeClock clock = new FakeClock();
    private final List<String> queries = new ArrayList<>();
    private final List<CompletableFuture<QueryAnswer>> answers = new ArrayList<>();
    private Config config = Config.EMPTY;
    private final MetricWatch watch = new MetricWatch(() -> config, this::ask, clock);

    private CompletableFuture<QueryAnswer> ask(String query) {
        queries.add(query);
        answers.add(new CompletableFuture<>());
        return answers.get(answers.size() - 1);
    }

    private static CanaryMetric metric(String name, String query) {
        return new CanaryMetric(
                name,
                new QueryTemplate(query),
                new ThresholdRange(Optional.empty(), Optional.of(1.0)),
                INTERVAL,
                CanaryMetric.USUAL_FAILURES);
    }

    private static CanaryMetric[] metrics(int count) {
        return IntStream.range(0, count).mapToObj(i -> metric("m" + i, "q" + i)).toArray(CanaryMetric[]::new);
    }

    /** All canaries there are. */
    private void put(List<Resource<CanarySpec>> canaries) {
        config = Config.of(1, List.copyOf(canaries));
    }

    private Resource<CanarySpec> canary(String name, Phase phase, CanaryMetric... metrics) {
        CanarySpec usual = CanaryDrafts.automatic();
        CanaryAnalysis analysis =
                new CanaryAnalysis(100, 10_000, 50_000, Duration.ofMinutes(30), Optional.empty(), List.of(metrics));
        CanarySpec spec = new CanarySpec(
                usual.stable(),
                usual.canary(),
                usual.routes(),
                usual.weight(),
                usual.assignment(),
                usual.cookie(),
                usual.pace(),
                analysis,
                new State(phase, 0, Optional.of(clock.instant()), List.of(), ""));
        return new Resource<>(name, new TreeMap<>(), spec, 1, 1, Instant.EPOCH, Instant.EPOCH);
    }

    private void answer(int question, double value) {
        answers.get(question).complete(new QueryAnswer.Value(value));
    }

    private List<Verdict> verdicts(Resource<CanarySpec> canary) {
        return watch.observe(canary).stream()
                .map(reading -> reading.finding().verdict())
                .toList();
    }

    @Test
    void asksEachIntervalFromOneIntervalAfterTheStepsBeginOn() {
        Resource<CanarySpec> canary =
                canary("c", Phase.PROGRESSING, metric("a", "{{ name }} {{ canary }} {{ stable }} {{ interval }}"));
        put(List.of(canary));
        clock.advance(INTERVAL.minusMillis(1));
        watch.look();
        assertThat(queries).isEmpty();

        clock.advance(Duration.ofMillis(1));
        watch.look();
        watch.look();
        assertThat(queries).containsExactly("c v2 v1 90s");
        assertThat(verdicts(canary)).containsExactly(Verdict.INCONCLUSIVE);

        Instant asked = clock.instant();
        clock.advance(Duration.ofSeconds(4));
        answer(0, 1);
        watch.look();
        assertThat(watch.observe(canary)).singleElement().satisfies(reading -> {
            assertThat(reading.value()).contains(1.0);
            assertThat(reading.asked()).contains(asked);
            assertThat(reading.finding().verdict()).isEqualTo(Verdict.PASS);
        });
        assertThat(queries).hasSize(1);

        clock.advance(INTERVAL.minusSeconds(4));
        watch.look();
        assertThat(queries).hasSize(2);
    }

    @Test
    void anotherStepIsAnotherQuestion() {
        Resource<CanarySpec> canary = canary("c", Phase.PROGRESSING, metric("a", "q"));
        put(List.of(canary));
        for (int i = 0; i < 2; i++) {
            clock.advance(INTERVAL);
            watch.look();
            answer(i, 2);
            watch.look();
        }
        assertThat(verdicts(canary)).containsExactly(Verdict.FAIL);

        Resource<CanarySpec> later = canary("c", Phase.PROMOTED, metric("a", "q"));
        assertThat(verdicts(later)).containsExactly(Verdict.INCONCLUSIVE);
        put(List.of(later));
        watch.look();
        assertThat(queries).hasSize(2);
        clock.advance(INTERVAL);
        watch.look();
        assertThat(queries).hasSize(3);
    }

    @Test
    void nobodyIsAskedAboutWhatIsNotUnderWay() {
        List<Resource<CanarySpec>> canaries = new ArrayList<>();
        for (Phase phase : List.of(Phase.INITIALIZED, Phase.FAILED, Phase.SUCCEEDED)) {
            canaries.add(canary("c" + phase.ordinal(), phase, metric("a", "q")));
        }
        put(canaries);
        clock.advance(INTERVAL);
        watch.look();
        assertThat(queries).isEmpty();
        assertThat(canaries)
                .allSatisfy(canary -> assertThat(watch.observe(canary)).isEmpty());
    }

    @Test
    void whoIsSlowMakesNoOtherWait() {
        Resource<CanarySpec> slow = canary("slow", Phase.PROGRESSING, metric("a", "q"));
        Resource<CanarySpec> fast = canary("swift", Phase.PROGRESSING, metric("a", "q"));
        put(List.of(slow, fast));
        clock.advance(INTERVAL);
        watch.look();
        answer(1, 0);
        answer(0, 0);
        watch.look();
        clock.advance(INTERVAL);
        watch.look();
        assertThat(queries).hasSize(4);
        answer(3, 0);
        clock.advance(INTERVAL);
        watch.look();
        watch.look();
        assertThat(queries).as("the slow one is not asked twice at once").hasSize(5);
    }

    @Test
    void soManyAtOnceAndThenWhoWaitsLongest() {
        Resource<CanarySpec> first = canary("z", Phase.PROGRESSING, metrics(8));
        clock.advance(Duration.ofSeconds(1));
        Resource<CanarySpec> second = canary("a", Phase.PROGRESSING, metrics(8));
        put(List.of(first, second));
        clock.advance(INTERVAL);
        watch.look();
        watch.look();
        assertThat(queries).hasSize(10);

        answer(0, 0);
        answer(1, 0);
        watch.look();
        assertThat(queries).hasSize(12);
        assertThat(verdicts(first)).filteredOn(Verdict.PASS::equals).hasSize(2);

        put(List.of());
        watch.look();
        put(List.of(canary("late", Phase.PROGRESSING, metrics(1))));
        clock.advance(INTERVAL);
        watch.look();
        assertThat(queries).as("what is still under way counts").hasSize(12);
        answer(2, 0);
        watch.look();
        assertThat(queries).hasSize(13);
    }
}
