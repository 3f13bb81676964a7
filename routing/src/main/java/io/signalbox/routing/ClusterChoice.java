package io.signalbox.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Which cluster a route sends to. */
sealed interface ClusterChoice {
    Picked pick(Subject subject);

    /** Every cluster that may be picked whatever the request says, in the order of the configuration. */
    default List<Inspection.Arm> arms() {
        return List.of();
    }

    /** Which of the arms it is. */
    default int pickedArm(Subject subject) {
        return 0;
    }

    /**
     * Whether it is picked by a hash in which this header has no part, so that chance has none, and the request has something
     * that is hashed.
     */
    default boolean isHashedWithout(HeaderName header, Subject subject) {
        return false;
    }

    record Picked(String cluster, Arm arm) {}

    /**
     * What goes with a cluster.
     *
     * @param authority the Host to send, unless the route itself has one to send
     * @param subset the labels of the hosts it may go to
     * @param filters what the filters of the listener are told
     */
    record Arm(
            Optional<String> authority,
            Map<String, String> subset,
            HeaderChanges requestHeaders,
            HeaderChanges responseHeaders,
            FilterConfigs filters) {
        public Arm {
            subset = Map.copyOf(subset);
        }

        static Arm of(RouteLevels levels, Map<String, String> subset) {
            return new Arm(
                    Optional.empty(),
                    subset,
                    levels.headers().request(),
                    levels.headers().response(),
                    levels.filters());
        }
    }

    record Fixed(Picked picked) implements ClusterChoice {
        @Override
        public Picked pick(Subject subject) {
            return picked;
        }

        @Override
        public List<Inspection.Arm> arms() {
            return List.of(new Inspection.Arm(picked.cluster(), 1));
        }
    }

    /** The cluster that the first line of a header names; the empty name without one. */
    record FromHeader(HeaderName header, Arm arm) implements ClusterChoice {
        @Override
        public Picked pick(Subject subject) {
            String named = header.first(subject.request);
            return new Picked(named == null ? "" : named, arm);
        }
    }

    /** @param weight 0 takes nothing */
    record Share(ClusterChoice choice, long weight) {}

    /**
     * A value modulo the sum of the weights falls into the interval of one share, in their order.
     *
     * @param source where the value is taken from; where that has none it is the random value
     */
    record Weighted(List<Share> shares, long total, ValueSource source) implements ClusterChoice {
        public Weighted {
            shares = List.copyOf(shares);
        }

        @Override
        public Picked pick(Subject subject) {
            return shares.get(pickedArm(subject)).choice().pick(subject);
        }

        @Override
        public int pickedArm(Subject subject) {
            long selected = Long.remainderUnsigned(source.value(subject), total);
            long end = 0;
            for (int i = 0; i < shares.size(); i++) {
                end += shares.get(i).weight();
                if (selected < end) {
                    return i;
                }
            }
            throw new IllegalStateException("the weights do not add up to " + total);
        }

        @Override
        public boolean isHashedWithout(HeaderName header, Subject subject) {
            return source instanceof Hashed hashed
                    && !hashed.policies.includes(header)
                    && hashed.policies.hash(subject.request).isPresent();
        }

        @Override
        public List<Inspection.Arm> arms() {
            return shares.stream()
                    .flatMap(share -> share.choice().arms().stream()
                            .map(arm -> new Inspection.Arm(arm.cluster(), share.weight())))
                    .toList();
        }
    }

    /** Where the value that decides between weights comes from. */
    sealed interface ValueSource {
        long value(Subject subject);
    }

    record Chance() implements ValueSource {
        @Override
        public long value(Subject subject) {
            return subject.random();
        }
    }

    /** A header that is there once and a number. */
    record HeaderValue(HeaderName header) implements ValueSource {
        @Override
        public long value(Subject subject) {
            List<String> lines = header.lines(subject.request);
            if (lines.size() != 1) {
                return subject.random();
            }
            try {
                return Long.parseUnsignedLong(lines.get(0));
            } catch (NumberFormatException e) {
                return subject.random();
            }
        }
    }

    /** The hash of the request as it came, before the route's own changes to it. */
    record Hashed(HashPolicies policies) implements ValueSource {
        @Override
        public long value(Subject subject) {
            OptionalLong hash = policies.hash(subject.request);
            return hash.isPresent() ? hash.getAsLong() : subject.random();
        }
    }
}
