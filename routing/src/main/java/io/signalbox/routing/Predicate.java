package io.signalbox.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition in a matcher list. */
sealed interface Predicate {
    boolean holds(Subject subject);

    /** The joined value of a header; a missing one matches nothing. */
    record Single(HeaderName input, StringMatch match) implements Predicate {
        @Override
        public boolean holds(Subject subject) {
            @Nullable String value = input.joined(subject.request);
            return value != null && match.matches(value);
        }
    }

    record Any(List<Predicate> predicates) implements Predicate {
        public Any {
            predicates = List.copyOf(predicates);
        }

        @Override
        public boolean holds(Subject subject) {
            for (int i = 0; i < predicates.size(); i++) {
                if (predicates.get(i).holds(subject)) {
                    return true;
                }
            }
            return false;
        }
    }

    record All(List<Predicate> predicates) implements Predicate {
        public All {
            predicates = List.copyOf(predicates);
        }

        @Override
        public boolean holds(Subject subject) {
            for (int i = 0; i < predicates.size(); i++) {
                if (!predicates.get(i).holds(subject)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Not(Predicate predicate) implements Predicate {
        @Override
        public boolean holds(Subject subject) {
            return !predicate.holds(subject);
        }
    }
}
