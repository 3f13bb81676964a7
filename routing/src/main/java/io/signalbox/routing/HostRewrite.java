package io.signalbox.routing;

import java.util.Optional;

/** How a route changes the Host that is sent. */
sealed interface HostRewrite {
    HostRewrite NONE = new None();

    /**
     * The new Host; empty when it stays.
     *
     * @param ofArm what the chosen arm of the weights says, where this says nothing
     */
    Optional<String> rewrite(Subject subject, Optional<String> ofArm);

    record None() implements HostRewrite {
        @Override
        public Optional<String> rewrite(Subject subject, Optional<String> ofArm) {
            return ofArm;
        }
    }

    record Literal(Optional<String> host) implements HostRewrite {
        @Override
        public Optional<String> rewrite(Subject subject, Optional<String> ofArm) {
            return host;
        }
    }

    /** What becomes of the path without query when every match of an expression is replaced. */
    record FromPath(Regex regex, Substitution substitution) implements HostRewrite {
        @Override
        public Optional<String> rewrite(Subject subject, Optional<String> ofArm) {
            return Optional.of(regex.replaceAll(subject.path(), substitution));
        }
    }
}
