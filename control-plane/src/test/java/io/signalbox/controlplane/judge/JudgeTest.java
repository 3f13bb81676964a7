package io.signalbox.controlplane.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Limits LIMITS = new Limits(100, 0.01, 0.05, 0.001, 0.01);

    private static List<Interval> seconds(int seconds, Outcomes canary, Outcomes stable) {
        return Collections.nCopies(seconds, new Interval(canary, stable));
    }

    private static Judgement judge(List<Interval> intervals) {
        return Judge.begin(Measure.ERRORS, LIMITS, true).plus(intervals).judgement();
    }

    @Test
    void withoutRequestsNothingIsKnown() {
        Judgement judgement = judge(List.of());
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reason())
                .isEqualTo("fewer than 100 requests on the canary (canary no requests, stable no requests)");
    }

    @Test
    void aCanaryThatDoesAsWellPasses() {
        Judgement judgement = judge(seconds(60, new Outcomes(50, 0), new Outcomes(150, 0)));
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judgement.reason())
                .isEqualTo("not worse than the stable pool by 1 % or more"
                        + " (canary 0 of 3000 in error, 0 %, stable 0 of 9000 in error, 0 %)");
    }

    @Test
    void fewRequestsLeaveItOpen() {
        Judgement judgement = judge(seconds(10, new Outcomes(11, 0), new Outcomes(100, 0)));
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reason()).startsWith("too few requests to tell 1 % (");
    }

    @Test
    void aCanaryWithMoreErrorsFails() {
        Judgement judgement = judge(seconds(5, new Outcomes(50, 2), new Outcomes(150, 0)));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.reason())
                .isEqualTo("more errors than on the stable pool"
                        + " (canary 10 of 250 in error, 4 %, stable 0 of 750 in error, 0 %)");
    }

    @Test
    void anOutageOfBothIsAboveTheCeilingOnly() {
        Judgement judgement = judge(seconds(30, new Outcomes(50, 15), new Outcomes(150, 45)));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.reason()).startsWith("more errors than 5 % (");
    }

    @Test
    void whatGoesWrongAfterAnHourIsFoundInSeconds() {
        List<Interval> intervals = new ArrayList<>(seconds(3600, new Outcomes(50, 0), new Outcomes(150, 0)));
        assertThat(judge(intervals).verdict()).isEqualTo(Verdict.PASS);
        intervals.addAll(seconds(3, new Outcomes(50, 10), new Outcomes(150, 0)));
        assertThat(judge(intervals).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void withNothingLeftToCompareWithTheCeilingDecides() {
        List<Interval> good = seconds(60, new Outcomes(200, 1), Outcomes.NONE);
        assertThat(judge(good).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        Judgement judgement =
                Judge.begin(Measure.ERRORS, LIMITS, false).plus(good).judgement();
        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judgement.reason())
                .isEqualTo("fewer errors than 5 % (canary 60 of 12000 in error, 0.5 %, stable no requests)");
        List<Interval> bad = seconds(60, new Outcomes(200, 30), Outcomes.NONE);
        assertThat(Judge.begin(Measure.ERRORS, LIMITS, false)
                        .plus(bad)
                        .judgement()
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    /** From tables of Wilson's score interval. */
    @Test
    void theTrueRateIsProbablyNear() {
        Outcomes.Range some = new Outcomes(100, 10).range();
        assertThat(some.from()).isCloseTo(0.0552, within(0.0001));
        assertThat(some.to()).isCloseTo(0.1744, within(0.0001));
        Outcomes.Range none = new Outcomes(100, 0).range();
        assertThat(none.from()).isZero();
        assertThat(none.to()).isCloseTo(0.0370, within(0.0001));
        assertThat(Outcomes.NONE.range()).isEqualTo(new Outcomes.Range(0, 1));
    }
}
