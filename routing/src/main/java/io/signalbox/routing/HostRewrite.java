package io.signalbox.routing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a route changes the Host that is sent. */
sealed interface HostRewrite {
    HostRewrite NONE = new None();

    /** The new Host; empty when it stays. */
    Optional<String> rewrite(Subject subject);

    record None() implements HostRewrite {
        @Override
        public Optional<String> rewrite(Subject subject) {
            return Optional.empty();
        }
    }

    record Literal(Optional<String> host) implements HostRewrite {
        @Override
        public Optional<String> rewrite(Subject subject) {
            return host;
        }
    }

    record FromHeader(HeaderName header) implements HostRewrite {
        @Override
        public Optional<String> rewrite(Subject subject) {
            @Nullable String value = header.first(subject.request);
            return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
        }
    }

    /** What becomes of the path without query when every match of an expression is replaced. */
    record FromPath(Regex regex, Substitution substitution) implements HostRewrite {
        @Override
        public Optional<String> rewrite(Subject subject) {
            return Optional.of(regex.replaceAll(subject.path(), substitution));
        }
    }
}
