package io.signalbox.routing;

import io.signalbox.routing.balance.XxHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One part of what a route hashes requests by.
 *
 * @param terminal whether the parts after this one are left out once there is a hash
 */
record HashPolicy(Source source, boolean terminal) {
    /** What is hashed. */
    sealed interface Source {
        OptionalLong hash(RequestView request);
    }

    /** All values of a header, in the order of their bytes. */
    record Header(HeaderName name, Optional<Rewrite> rewrite) implements Source {
        @Override
        public OptionalLong hash(RequestView request) {
            List<String> lines = name.lines(request);
            if (lines.isEmpty()) {
                return OptionalLong.empty();
            }
            if (lines.size() == 1) {
                return OptionalLong.of(XxHash.of(rewritten(lines.get(0))));
            }
            List<String> values = new ArrayList<>(lines.size());
            lines.forEach(line -> values.add(rewritten(line)));
            Collections.sort(values);
            return OptionalLong.of(XxHash.of(values));
        }

        private String rewritten(String value) {
            return rewrite.isPresent() ? rewrite.get().apply(value) : value;
        }
    }

    /** Every match of the expression is replaced. */
    record Rewrite(Regex regex, Substitution substitution) {
        String apply(String value) {
            return regex.replaceAll(value, substitution);
        }
    }

    /** A cookie's value; one that is missing may be generated. */
    record Cookie(String name, Optional<HashCookie> generated) implements Source {
        @Override
        public OptionalLong hash(RequestView request) {
            String value = Cookies.first(request, name);
            if (value == null || value.isEmpty()) {
                value = generated.isPresent() ? generated.get().value(request.connection()) : null;
            }
            return value == null || value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(XxHash.of(value));
        }

        @Nullable
        String toSet(RequestView request) {
            String value = Cookies.first(request, name);
            return generated.isPresent() && (value == null || value.isEmpty())
                    ? generated.get().line(name, request.connection())
                    : null;
        }
    }

    /** The client's address without its port. */
    record SourceIp() implements Source {
        @Override
        public OptionalLong hash(RequestView request) {
            String ip = Addresses.withoutPort(request.connection().remoteAddress());
            return ip.isEmpty() ? OptionalLong.empty() : OptionalLong.of(XxHash.of(ip));
        }
    }

    /** The first value of a query parameter. */
    record Query(Condition.Query parameter) implements Source {
        @Override
        public OptionalLong hash(RequestView request) {
            String value = parameter.value(request.path());
            return value == null ? OptionalLong.empty() : OptionalLong.of(XxHash.of(value));
        }
    }
}
