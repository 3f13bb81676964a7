package io.signalbox.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a route asks of a request besides its path. */
sealed interface Condition {
    boolean holds(Subject subject);

    /** Whether it stands among the header matchers. A condition that never holds comes of one, too. */
    default boolean isOfHeader() {
        return this instanceof Header || this instanceof HeaderPresence || this instanceof Never;
    }

    default boolean isOfQuery() {
        return this instanceof Query || this instanceof QueryPresence;
    }

    /**
     * The value of a header. A repeated header matches when one of its lines does, and inverted when none does. A
     * missing one does not match either way, unless it counts as empty.
     */
    record Header(HeaderName name, StringMatch match, boolean inverted, boolean missingIsEmpty) implements Condition {
        @Override
        public boolean holds(Subject subject) {
            List<String> lines = name.lines(subject.request);
            if (lines.isEmpty()) {
                return missingIsEmpty && match.matches("") != inverted;
            }
            return anyMatches(lines) != inverted;
        }

        private boolean anyMatches(List<String> lines) {
            for (int i = 0; i < lines.size(); i++) {
                if (match.matches(lines.get(i))) {
                    return true;
                }
            }
            return false;
        }
    }

    record HeaderPresence(HeaderName name, boolean present) implements Condition {
        @Override
        public boolean holds(Subject subject) {
            return name.lines(subject.request).isEmpty() != present;
        }
    }

    /** The first value of a query parameter, as sent. */
    record Query(String name, StringMatch match) implements Condition {
        @Override
        public boolean holds(Subject subject) {
            String value = value(subject.target);
            return value != null && match.matches(value);
        }

        /** The value in this path and query; null when it is not there. */
        @Nullable
        String value(String target) {
            int at = target.indexOf('?') + 1;
            if (at == 0) {
                return null;
            }
            while (at < target.length()) {
                int end = target.indexOf('&', at);
                end = end < 0 ? target.length() : end;
                int equals = target.indexOf('=', at);
                int keyEnd = equals < 0 || equals > end ? end : equals;
                if (keyEnd - at == name.length() && target.startsWith(name, at)) {
                    return keyEnd == end ? "" : target.substring(keyEnd + 1, end);
                }
                at = end + 1;
            }
            return null;
        }
    }

    record QueryPresence(Query any, boolean present) implements Condition {
        @Override
        public boolean holds(Subject subject) {
            return any.holds(subject) == present;
        }
    }

    record Fraction(long numerator, long denominator) implements Condition {
        @Override
        public boolean holds(Subject subject) {
            return Long.remainderUnsigned(subject.random(), denominator) < numerator;
        }
    }

    record Grpc() implements Condition {
        @Override
        public boolean holds(Subject subject) {
            String type = HeaderName.CONTENT_TYPE.first(subject.request);
            return type != null && (type.equals("application/grpc") || type.startsWith("application/grpc+"));
        }
    }

    record Never() implements Condition {
        @Override
        public boolean holds(Subject subject) {
            return false;
        }
    }
}
