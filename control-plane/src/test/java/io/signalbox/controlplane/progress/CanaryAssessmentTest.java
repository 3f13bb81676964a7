package io.signalbox.controlplane.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.controlplane.judge.Finding;
import io.signalbox.controlplane.judge.Interval;
import io.signalbox.controlplane.judge.Outcomes;
import io.signalbox.controlplane.judge.Verdict;
import io.signalbox.controlplane.load.LatenciesTest;
import io.signalbox.controlplane.model.CanaryAnalysis;
import io.signalbox.controlplane.model.CanaryMetric;
import io.signalbox.controlplane.model.CanaryMetric.ThresholdRange;
import io.signalbox.controlplane.model.CanaryPace.Mode;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CanarySpec.Phase;
import io.signalbox.controlplane.model.CanarySpec.State;
import io.signalbox.controlplane.model.LatencyRule;
import io.signalbox.controlplane.model.QueryTemplate;
import io.signalbox.controlplane.progress.CanaryAssessment.Decision;
import io.signalbox.controlplane.progress.CanaryAssessment.Evidence;
import io.signalbox.controlplane.progress.LatencyWatch.Times;
import io.signalbox.controlplane.progress.LoadView.Observation;
import io.signalbox.controlplane.progress.LoadView.Silent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CanaryAssessmentTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WAIT = CanaryAnalysis.USUAL.maximumWait();
    private static final Interval GOOD = new Interval(new Outcomes(50, 0), new Outcomes(150, 0));
    private static final Interval BAD = new Interval(new Outcomes(50, 10), new Outcomes(150, 0));
    private static final Interval IDLE = new Interval(Outcomes.NONE, Outcomes.NONE);

    private static CanarySpec in(Phase phase, int step) {
        return in(CanaryDrafts.automatic(), phase, step);
    }

    private static CanarySpec in(CanarySpec canary, Phase phase, int step) {
        return canary.in(new State(phase, step, Optional.of(START), List.of(), ""));
    }

    private static Observation seconds(Interval interval, Silent... silent) {
        return new Observation(Collections.nCopies(60, interval), List.of(silent));
    }

    private static CanaryAssessment assess(CanarySpec canary, Observation observed) {
        return CanaryAssessment.of(canary, new Evidence(observed, Times.NONE, List.of()));
    }

    private static Optional<CanaryAction> decided(CanarySpec canary, Observation observed, Duration after) {
        return assess(canary, observed).decide(canary, START.plus(after)).map(Decision::action);
    }

    @Test
    void goesOnWhenTheBakeTimeIsOverAndItIsGood() {
        CanarySpec canary = in(Phase.PROGRESSING, 0);
        assertThat(decided(canary, seconds(GOOD), CanaryDrafts.BAKE.minusMillis(1)))
                .isEmpty();
        assertThat(decided(canary, seconds(GOOD), CanaryDrafts.BAKE)).contains(CanaryAction.ADVANCE);
    }

    @Test
    void goesBackAtOnceWhenItIsBad() {
        assertThat(decided(in(Phase.PROGRESSING, 1), seconds(BAD), Duration.ofSeconds(1)))
                .contains(CanaryAction.ABORT);
        assertThat(decided(in(Phase.PROMOTED, 2), seconds(BAD), Duration.ofSeconds(1)))
                .contains(CanaryAction.ABORT);
    }

    @Test
    void waitsForWhatIsNotEstablishedAndThenHolds() {
        CanarySpec canary = in(Phase.PROGRESSING, 0);
        Duration end = CanaryDrafts.BAKE.plus(WAIT);
        assertThat(decided(canary, seconds(IDLE), end.minusMillis(1))).isEmpty();
        Decision decision =
                assess(canary, seconds(IDLE)).decide(canary, START.plus(end)).orElseThrow();
        assertThat(decision.action()).isEqualTo(CanaryAction.PAUSE);
        assertThat(decision.reason()).startsWith("inconclusive; fewer than 100 requests on the canary");
    }

    @Test
    void aProxyThatIsSilentKeepsItFromGoingOnButNotFromGoingBack() {
        CanarySpec canary = in(Phase.PROGRESSING, 0);
        Silent silent = new Silent("edge-2", START);
        CanaryAssessment assessment = assess(canary, seconds(GOOD, silent));
        assertThat(assessment.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(assessment.reason())
                .startsWith("edge-2 has not reported since 2026-01-01T00:00:00Z; not worse than the stable pool");
        assertThat(decided(canary, seconds(GOOD, silent), CanaryDrafts.BAKE)).isEmpty();
        assertThat(decided(canary, seconds(GOOD, silent), CanaryDrafts.BAKE.plus(WAIT)))
                .contains(CanaryAction.PAUSE);
        assertThat(decided(canary, seconds(BAD, silent), Duration.ofSeconds(1))).contains(CanaryAction.ABORT);
    }

    @Test
    void aShareByHandStaysButIsWatched() {
        CanarySpec canary = in(Phase.PROGRESSING, 0).withWeight(Optional.of(37));
        assertThat(decided(canary, seconds(GOOD), Duration.ofDays(1))).isEmpty();
        assertThat(decided(canary, seconds(BAD), Duration.ofSeconds(1))).contains(CanaryAction.ABORT);
    }

    @Test
    void nobodyButPeopleMoveAManualOne() {
        CanarySpec canary = in(CanaryDrafts.of(Mode.MANUAL), Phase.PROGRESSING, 0);
        assertThat(decided(canary, seconds(GOOD), Duration.ofDays(1))).isEmpty();
        assertThat(decided(canary, seconds(BAD), Duration.ofDays(1))).isEmpty();
        assertThat(assess(canary, seconds(BAD)).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void endsWhenTheTimeToGoBackIsOver() {
        CanarySpec canary = in(Phase.PROMOTED, 2);
        assertThat(decided(canary, seconds(IDLE), CanaryDrafts.GRACE.minusMillis(1)))
                .isEmpty();
        assertThat(decided(canary, seconds(IDLE), CanaryDrafts.GRACE)).contains(CanaryAction.FINISH);
    }

    @Test
    void whatIsNotUnderWayIsLeftAlone() {
        for (Phase phase : List.of(Phase.INITIALIZED, Phase.SUCCEEDED, Phase.FAILED)) {
            CanaryAssessment assessment = assess(in(phase, 0), seconds(BAD));
            assertThat(assessment.due()).isEmpty();
            assertThat(assessment.decide(in(phase, 0), START.plus(Duration.ofDays(1))))
                    .isEmpty();
        }
    }

    /** At a hundred percent nothing is left on the stable pool. */
    @Test
    void theLastStepIsJudgedByItself() {
        Interval alone = new Interval(new Outcomes(200, 1), Outcomes.NONE);
        assertThat(decided(in(Phase.PROGRESSING, 1), seconds(alone), CanaryDrafts.BAKE))
                .isEmpty();
        assertThat(decided(in(Phase.PROGRESSING, 2), seconds(alone), CanaryDrafts.BAKE))
                .contains(CanaryAction.ADVANCE);
    }

    /** What a pool without a healthy server does not answer no proxy counts. */
    @Test
    void whatWentWellBeforeACanaryFellSilentDoesNotMakeItGoOn() {
        List<Interval> intervals = new ArrayList<>(Collections.nCopies(60, GOOD));
        intervals.addAll(Collections.nCopies(5, new Interval(Outcomes.NONE, GOOD.stable())));
        Observation observed = new Observation(intervals, List.of());
        CanarySpec canary = in(Phase.PROGRESSING, 0);
        assertThat(decided(canary, observed, CanaryDrafts.BAKE)).isEmpty();
        assertThat(assess(canary, observed).reason())
                .startsWith("the canary is silent: 750 requests have ended on the stable pool since the last one");
        assertThat(decided(canary, observed, CanaryDrafts.BAKE.plus(WAIT))).contains(CanaryAction.PAUSE);

        CanarySpec taken = in(CanaryDrafts.automatic().withWeight(Optional.of(0)), Phase.PROGRESSING, 0);
        assertThat(assess(taken, observed).verdict())
                .as("where it is to have none, none is missed")
                .isEqualTo(Verdict.PASS);
    }

    private static MetricReading reading(Verdict verdict) {
        CanaryMetric metric = new CanaryMetric(
                "m",
                new QueryTemplate("q"),
                new ThresholdRange(Optional.empty(), Optional.empty()),
                CanaryMetric.USUAL_INTERVAL,
                CanaryMetric.USUAL_FAILURES);
        return new MetricReading(metric, Optional.empty(), Optional.empty(), 0, new Finding(verdict, "m: " + verdict));
    }

    private static Optional<Decision> decided(Interval seconds, Verdict... metrics) {
        return CanaryAssessment.of(
                        in(Phase.PROGRESSING, 0),
                        new Evidence(
                                seconds(seconds),
                                Times.NONE,
                                Stream.of(metrics)
                                        .map(CanaryAssessmentTest::reading)
                                        .toList()))
                .decide(in(Phase.PROGRESSING, 0), START.plus(CanaryDrafts.BAKE));
    }

    @Test
    void theWorstOfRequestsAndMetricsHolds() {
        assertThat(decided(GOOD, Verdict.PASS)).map(Decision::action).contains(CanaryAction.ADVANCE);
        assertThat(decided(GOOD, Verdict.PASS, Verdict.INCONCLUSIVE)).isEmpty();
        assertThat(decided(IDLE, Verdict.PASS)).isEmpty();
        Decision back = decided(GOOD, Verdict.INCONCLUSIVE, Verdict.FAIL).orElseThrow();
        assertThat(back.action()).isEqualTo(CanaryAction.ABORT);
        assertThat(back.reason()).startsWith("m: FAIL; m: INCONCLUSIVE; not worse than the stable pool");
        assertThat(decided(BAD, Verdict.PASS)).map(Decision::action).contains(CanaryAction.ABORT);
    }

    private static CanarySpec withRule() {
        CanaryAnalysis usual = CanaryAnalysis.USUAL;
        CanaryAnalysis analysis = new CanaryAnalysis(
                usual.minimumRequests(),
                usual.tolerance(),
                usual.maximumErrorRate(),
                usual.maximumWait(),
                Optional.of(new LatencyRule(Duration.ofMillis(500), 10_000, 50_000)),
                List.of());
        return in(CanaryDrafts.with(analysis), Phase.PROGRESSING, 0);
    }

    /** Of 50 answers of the canary and 150 of the stable pool so many are slow, twelve times. */
    private static Times times(long slowOnCanary, long slowOnStable, Silent... silent) {
        LatencyWatch.Interval interval = new LatencyWatch.Interval(
                LatenciesTest.answers(100, 50 - slowOnCanary).plus(LatenciesTest.answers(700, slowOnCanary)),
                LatenciesTest.answers(100, 150 - slowOnStable).plus(LatenciesTest.answers(700, slowOnStable)));
        return new Times(Collections.nCopies(12, interval), true, List.of(silent), List.of());
    }

    private static CanaryAssessment assess(CanarySpec canary, Interval seconds, Times times) {
        return CanaryAssessment.of(canary, new Evidence(seconds(seconds), times, List.of()));
    }

    @Test
    void aSlowCanaryIsBad() {
        CanaryAssessment slow = assess(withRule(), GOOD, times(10, 0));
        assertThat(slow.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(slow.reason())
                .startsWith("more answers slower than 500ms than on the stable pool"
                        + " (canary 120 of 600 slower than 500ms, 20 %, stable 0 of 1800 slower than 500ms, 0 %);"
                        + " not worse than the stable pool by 1 % or more");
        assertThat(slow.decide(withRule(), START)).map(Decision::action).contains(CanaryAction.ABORT);
        assertThat(slow.latency().canary().quantile(0.99)).hasValueCloseTo(690.0, within(1.0));

        CanaryAssessment fast = assess(withRule(), GOOD, times(0, 0));
        assertThat(fast.verdict()).isEqualTo(Verdict.PASS);
        assertThat(fast.decide(withRule(), START.plus(CanaryDrafts.BAKE)))
                .map(Decision::action)
                .contains(CanaryAction.ADVANCE);
    }

    @Test
    void bothSlowIsAboveTheMaximumOnly() {
        assertThat(assess(withRule(), GOOD, times(15, 45)).reason())
                .startsWith("more answers slower than 500ms than 5 % (");
    }

    @Test
    void withoutARuleLatencyIsOnlyShown() {
        CanaryAssessment slow = assess(in(Phase.PROGRESSING, 0), GOOD, times(10, 0));
        assertThat(slow.verdict()).isEqualTo(Verdict.PASS);
        assertThat(slow.latency().canary().answers()).isEqualTo(600);
        assertThat(slow.latency().judgement()).isEmpty();
    }

    @Test
    void withARuleItWaitsUntilSomebodyTellsLatencies() {
        Times nobody = new Times(List.of(), false, List.of(), List.of("edge-1", "edge-2"));
        CanaryAssessment assessment = assess(withRule(), GOOD, nobody);
        assertThat(assessment.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(assessment.reason())
                .startsWith("no proxy tells latencies, as the bootstrap of edge-1, edge-2 does not ask for them;"
                        + " fewer than 100 timed answers on the canary (");
        assertThat(assessment.decide(withRule(), START.plus(CanaryDrafts.BAKE))).isEmpty();
        assertThat(assessment.decide(withRule(), START.plus(CanaryDrafts.BAKE).plus(WAIT)))
                .map(Decision::reason)
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("inconclusive; no proxy tells latencies"));
        // What is known of errors does not wait for it.
        assertThat(assess(withRule(), BAD, nobody).decide(withRule(), START))
                .map(Decision::action)
                .contains(CanaryAction.ABORT);
    }

    @Test
    void aProxyThatTellsNoMoreLatenciesKeepsItFromGoingOnButNotFromGoingBack() {
        Silent silent = new Silent("edge-2", START);
        CanaryAssessment assessment = assess(withRule(), GOOD, times(0, 0, silent));
        assertThat(assessment.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(assessment.reason()).startsWith("edge-2 has told no latencies since 2026-01-01T00:00:00Z; ");
        assertThat(assess(withRule(), GOOD, times(10, 0, silent)).verdict()).isEqualTo(Verdict.FAIL);
    }

    /** Three steps and the time after them share it, and then the two rules. */
    @Test
    void theRulesShareTheFalseAlarms() {
        double one = CanaryAssessment.falseAlarm(in(Phase.PROGRESSING, 0));
        assertThat(one).isEqualTo(0.001 / 4);
        assertThat(CanaryAssessment.falseAlarm(withRule())).isEqualTo(one / 2);
    }
}
