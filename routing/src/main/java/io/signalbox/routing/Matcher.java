package io.signalbox.routing;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The compiled form of {@code xds.type.matcher.v3.Matcher}: looks for the routes that are responsible for a request.
 * Once some are found they decide: when none of them takes the request there is no route, and nothing else is tried.
 */
sealed interface Matcher permits RouteSequence, Matcher.Nothing, Matcher.Cases, Matcher.ByValue, Matcher.ByPrefix {
    Matcher NOTHING = new Nothing();

    /** Null when this matcher has no match; where it stands in another one, that goes on looking. */
    @Nullable
    RouteSequence find(Subject subject);

    /** Every route that may be found, some of them perhaps several times. */
    void forEachRoute(Consumer<Route> visitor);

    record Nothing() implements Matcher {
        @Override
        public @Nullable RouteSequence find(Subject subject) {
            return null;
        }

        @Override
        public void forEachRoute(Consumer<Route> visitor) {}
    }

    /** @param then where to look when the predicate holds */
    record Case(Predicate when, Matcher then) {}

    /** The first case that holds and finds something. */
    record Cases(List<Case> cases, Matcher otherwise) implements Matcher {
        public Cases {
            cases = List.copyOf(cases);
        }

        @Override
        public @Nullable RouteSequence find(Subject subject) {
            for (int i = 0; i < cases.size(); i++) {
                Case next = cases.get(i);
                if (next.when().holds(subject)) {
                    RouteSequence found = next.then().find(subject);
                    if (found != null) {
                        return found;
                    }
                }
            }
            return otherwise.find(subject);
        }

        @Override
        public void forEachRoute(Consumer<Route> visitor) {
            cases.forEach(each -> each.then().forEachRoute(visitor));
            otherwise.forEachRoute(visitor);
        }
    }

    /** The entry whose key the input is. */
    record ByValue(HeaderName input, Map<String, Matcher> entries, Matcher otherwise) implements Matcher {
        public ByValue {
            entries = Map.copyOf(entries);
        }

        @Override
        public @Nullable RouteSequence find(Subject subject) {
            String value = input.joined(subject.request);
            Matcher entry = value == null ? null : entries.get(value);
            RouteSequence found = entry == null ? null : entry.find(subject);
            return found == null ? otherwise.find(subject) : found;
        }

        @Override
        public void forEachRoute(Consumer<Route> visitor) {
            entries.values().forEach(entry -> entry.forEachRoute(visitor));
            otherwise.forEachRoute(visitor);
        }
    }

    /** The entry with the longest key that the input starts with and that finds something. */
    record ByPrefix(HeaderName input, PrefixMap<Matcher> entries, Matcher otherwise) implements Matcher {
        @Override
        public @Nullable RouteSequence find(Subject subject) {
            String value = input.joined(subject.request);
            PrefixMap.@Nullable Entry<Matcher> entry = value == null ? null : entries.longest(value);
            while (entry != null) {
                RouteSequence found = entry.value().find(subject);
                if (found != null) {
                    return found;
                }
                entry = entry.shorter();
            }
            return otherwise.find(subject);
        }

        @Override
        public void forEachRoute(Consumer<Route> visitor) {
            entries.forEach(entry -> entry.forEachRoute(visitor));
            otherwise.forEachRoute(visitor);
        }
    }
}
