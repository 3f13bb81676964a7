package io.signalbox.conformance.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A difference that is meant to be; {@code docs/conformance.md} lists them too.
 *
 * @param reason one sentence
 */
record OnPurpose(String reason, Predicate<Difference> covers) {
    static final List<OnPurpose> ALL = List.of();

    static Optional<OnPurpose> find(Difference difference) {
        return ALL.stream().filter(known -> known.covers().test(difference)).findFirst();
    }
}
