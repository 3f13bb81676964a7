package io.signalbox.routing;

import java.util.Optional;

/** How a route changes path and query. */
sealed interface PathRewrite {
    PathRewrite NONE = new None();

    /** Path and query afterwards; empty when they stay. */
    Optional<String> rewrite(Subject subject, PathMatch matched);

    record None() implements PathRewrite {
        @Override
        public Optional<String> rewrite(Subject subject, PathMatch matched) {
            return Optional.empty();
        }
    }

    /** The matched part of the path is replaced. */
    record Prefix(String replacement) implements PathRewrite {
        @Override
        public Optional<String> rewrite(Subject subject, PathMatch matched) {
            return Optional.of(replacement + subject.target.substring(matched.matchedLength(subject)));
        }
    }

    /** Every match of an expression in the path without query is replaced, unless that would leave nothing. */
    record Matches(Regex regex, Substitution substitution) implements PathRewrite {
        @Override
        public Optional<String> rewrite(Subject subject, PathMatch matched) {
            String path = regex.replaceAll(subject.path(), substitution);
            return path.isEmpty() ? Optional.empty() : Optional.of(path + subject.target.substring(subject.pathEnd));
        }
    }

    /** All of the path is replaced by what is made of the variables of the template it fits. */
    record Variables(UriTemplate template, Substitution substitution) implements PathRewrite {
        @Override
        public Optional<String> rewrite(Subject subject, PathMatch matched) {
            String path = template.regex().replaceAll(subject.path(), substitution);
            return Optional.of(path + subject.target.substring(subject.pathEnd));
        }
    }
}
