package io.signalbox.routing;

/** A condition on the path without its query. */
sealed interface PathMatch {
    boolean matches(Subject subject);

    /** How much of a matching path a prefix rewrite replaces. */
    int matchedLength(Subject subject);

    record Prefix(String prefix, boolean anyCase) implements PathMatch {
        @Override
        public boolean matches(Subject subject) {
            return prefix.length() <= subject.pathEnd && has(subject, prefix, anyCase);
        }

        @Override
        public int matchedLength(Subject subject) {
            return prefix.length();
        }
    }

    /** The prefix itself, or the prefix followed by a slash. */
    record SegmentPrefix(String prefix, boolean anyCase) implements PathMatch {
        @Override
        public boolean matches(Subject subject) {
            int length = prefix.length();
            return (length == subject.pathEnd || (length < subject.pathEnd && subject.target.charAt(length) == '/'))
                    && has(subject, prefix, anyCase);
        }

        @Override
        public int matchedLength(Subject subject) {
            return prefix.length();
        }
    }

    record Exact(String path, boolean anyCase) implements PathMatch {
        @Override
        public boolean matches(Subject subject) {
            return path.length() == subject.pathEnd && has(subject, path, anyCase);
        }

        @Override
        public int matchedLength(Subject subject) {
            return subject.pathEnd;
        }
    }

    record Matching(Regex regex) implements PathMatch {
        @Override
        public boolean matches(Subject subject) {
            return regex.matches(subject.path());
        }

        @Override
        public int matchedLength(Subject subject) {
            return subject.pathEnd;
        }
    }

    record Template(UriTemplate template) implements PathMatch {
        @Override
        public boolean matches(Subject subject) {
            return template.regex().matches(subject.path());
        }

        @Override
        public int matchedLength(Subject subject) {
            return subject.pathEnd;
        }
    }

    /** The request is for a tunnel: the only condition that holds for one, as it has no path. */
    record Connect() implements PathMatch {
        @Override
        public boolean matches(Subject subject) {
            return subject.isForTunnel();
        }

        @Override
        public int matchedLength(Subject subject) {
            return 0;
        }
    }

    private static boolean has(Subject subject, String prefix, boolean anyCase) {
        return anyCase ? Ascii.hasIgnoringCase(subject.target, 0, prefix) : subject.target.startsWith(prefix);
    }
}
