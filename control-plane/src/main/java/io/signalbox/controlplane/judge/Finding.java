package io.signalbox.controlplane.judge;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one of the things that a canary is judged by says of it.
 *
 * @param reason why, with the numbers, in words
 */
public record Finding(Verdict verdict, String reason) {
    /**
     * Of several things the worst verdict holds, and all reasons are told, those of worse verdicts first, else in the order given.
     *
     * @throws IllegalArgumentException without any
     */
    public static Finding combined(List<Finding> findings) {
        List<Finding> worstFirst = findings.stream()
                .sorted(Comparator.comparing(Finding::verdict).reversed())
                .toList();
        if (worstFirst.isEmpty()) {
            throw new IllegalArgumentException("nothing was found");
        }
        return new Finding(
                worstFirst.get(0).verdict(),
                worstFirst.stream().map(Finding::reason).collect(Collectors.joining("; ")));
    }
}
