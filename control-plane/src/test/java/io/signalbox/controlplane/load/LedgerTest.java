package io.signalbox.controlplane.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LedgerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Ledger ledger = new Ledger();

    @Test
    void addsUpProxiesBySecondsAndKeepsThemApartByMinutes() {
        report("a", NOON.plusSeconds(1), 10, 1, 3);
        report("b", NOON.plusSeconds(1), 20, 2, 0);
        report("a", NOON.plusSeconds(2), 5, 0, 2);

        assertThat(ledger.unwrittenSeconds(10))
                .isEqualTo(Map.of(second(0), new Counts(30, 3), second(1), new Counts(5, 0)));
        assertThat(ledger.unwrittenMinutes(10))
                .isEqualTo(Map.of(
                        minute("a"), new NodeMinute.Load(new Counts(15, 1), 3),
                        minute("b"), new NodeMinute.Load(new Counts(20, 2), 0)));
    }

    @Test
    void whatGrewWhileItWasWrittenIsWrittenAgainAsAWhole() {
        report("a", NOON.plusSeconds(1), 10, 0, 0);
        Map<PoolSecond, Counts> batch = ledger.unwrittenSeconds(10);
        report("b", NOON.plusSeconds(1), 1, 1, 0);
        ledger.secondsWritten(batch);

        assertThat(ledger.unwrittenSeconds(10)).isEqualTo(Map.of(second(0), new Counts(11, 1)));

        ledger.secondsWritten(ledger.unwrittenSeconds(10));
        assertThat(ledger.unwrittenSeconds(10)).isEmpty();
    }

    @Test
    void handsOutNoMoreThanAskedForAndTheLongestUnwrittenFirst() {
        for (int i = 1; i <= 5; i++) {
            report("a", NOON.plusSeconds(i), 1, 0, 0);
        }
        assertThat(ledger.unwrittenSeconds(2)).containsOnlyKeys(second(0), second(1));
    }

    @Test
    void aSumThatIsWrittenCanStillGrowByALateReport() {
        report("a", NOON.plusSeconds(1), 10, 0, 0);
        ledger.secondsWritten(ledger.unwrittenSeconds(10));
        Instant later = NOON.plusSeconds(50);
        forget(later);

        ledger.add(new LoadReport(
                "b", later, List.of(new LoadReport.OfPool("p", Duration.ofSeconds(50), new Counts(50, 0), 0))));

        assertThat(ledger.unwrittenSeconds(100)).containsEntry(second(0), new Counts(11, 0));
    }

    @Test
    void forgetsWhatIsWrittenAndOldButNotWhatWaits() {
        report("a", NOON.plusSeconds(1), 10, 0, 0);
        ledger.secondsWritten(ledger.unwrittenSeconds(10));
        report("a", NOON.plusSeconds(2), 5, 0, 0);

        assertThat(forget(NOON.plus(Ledger.PATIENCE))).isZero();
        assertThat(ledger.unwrittenSeconds(10)).containsOnlyKeys(second(1));
        // Its sum is forgotten: a report that cannot come any more would start from nothing.
        report("a", NOON.plusSeconds(1), 1, 0, 0);
        assertThat(ledger.unwrittenSeconds(10)).containsEntry(second(0), new Counts(1, 0));
    }

    @Test
    void givesUpWhatCouldNotBeWrittenForTooLong() {
        report("a", NOON.plusSeconds(1), 10, 0, 0);

        assertThat(forget(NOON.plus(Ledger.PATIENCE).plusSeconds(90))).isEqualTo(2);
        assertThat(ledger.unwrittenSeconds(10)).isEmpty();
        assertThat(ledger.unwrittenMinutes(10)).isEmpty();
    }

    @Test
    void knowsWhoReportedEvenIfThereWasNothingToTell() {
        ledger.add(new LoadReport("b", NOON, List.of()));
        ledger.add(new LoadReport("a", NOON.plusSeconds(1), List.of()));
        ledger.add(new LoadReport("b", NOON.plusSeconds(2), List.of()));

        assertThat(ledger.reporters())
                .containsExactly(new Reporter("a", NOON.plusSeconds(1)), new Reporter("b", NOON.plusSeconds(2)));

        ledger.forget(NOON.plusSeconds(3), NOON.plusSeconds(2));
        assertThat(ledger.reporters()).extracting(Reporter::node).containsExactly("b");
    }

    @Test
    void aLengthThatCannotBeIsBroughtToOneThatCan() {
        assertThat(new LoadReport.OfPool("p", Duration.ofDays(-1), Counts.ZERO, 0).covered())
                .isPositive();
        assertThat(new LoadReport.OfPool("p", Duration.ofDays(1), Counts.ZERO, 0).covered())
                .isEqualTo(Duration.ofMinutes(1));
    }

    private void report(String node, Instant arrival, long requests, long errors, long inProgress) {
        ledger.add(new LoadReport(
                node,
                arrival,
                List.of(new LoadReport.OfPool("p", Duration.ofSeconds(1), new Counts(requests, errors), inProgress))));
    }

    private int forget(Instant now) {
        return ledger.forget(now, NOON.minusSeconds(1));
    }

    private static PoolSecond second(int n) {
        return new PoolSecond("p", NOON.plusSeconds(n));
    }

    private static NodeMinute minute(String node) {
        return new NodeMinute("p", NOON, node);
    }
}
