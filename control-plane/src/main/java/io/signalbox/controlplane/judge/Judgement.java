package io.signalbox.controlplane.judge;

/**
 * @param reason why, with the numbers, in words
 * @param canary all that ended on the canary
 * @param stable all that ended on the stable pool in the same time
 */
public record Judgement(Verdict verdict, String reason, Outcomes canary, Outcomes stable) {
    public Finding finding() {
        return new Finding(verdict, reason);
    }
}
