package io.signalbox.controlplane.xds.resource;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.signalbox.controlplane.compile.ResolvedCanary;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.CanarySpec.Assignment;
import io.signalbox.controlplane.model.CanarySpec.Cookie;
import io.signalbox.controlplane.model.HeaderChanges;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.controlplane.xds.Membership;
import io.signalbox.controlplane.xds.Membership.How;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Canaries, in terms of plain routes: of a route one for each way to be assigned, to be tried one after the other. All of it
 * is decided by the request alone, so every proxy decides alike and none keeps anything.
 *
 * <p>A user is remembered by the number of a band of one percent, from 00 to 99, which the first answer puts into a cookie. A
 * band belongs to the canary when it lies below the canary's share, so raising the share moves nobody off the canary, and
 * each canary's bands are drawn by themselves. Who keeps no cookies is assigned anew by each request.
 */
final class CanarySplits {
    private static final int BANDS = 100;

    private CanarySplits() {}

    /** @param member of the canary whose users go there, if it is one's */
    private record Arm(WeightedPool pool, Optional<Membership> member) {}

    /**
     * One way to be assigned.
     *
     * @param whole what is divided
     * @param conditions besides those of the route
     */
    record Split(Forward whole, List<Arm> arms, List<HeaderMatcher> conditions) {
        Split {
            arms = List.copyOf(arms);
            conditions = List.copyOf(conditions);
        }

        Forward forward() {
            return whole.withPools(arms.stream().map(Arm::pool).toList());
        }

        /** Whose each arm is, in their order. */
        List<Optional<Membership>> members() {
            return arms.stream().map(Arm::member).toList();
        }

        private Split when(HeaderMatcher condition) {
            return new Split(
                    whole,
                    arms,
                    Stream.concat(conditions.stream(), Stream.of(condition)).toList());
        }

        /** With weights that can be divided into bands. */
        private Split scaled() {
            List<Arm> scaled = arms.stream()
                    .map(arm -> new Arm(arm.pool.withWeight(arm.pool.weight() * BANDS), arm.member))
                    .toList();
            return new Split(whole, scaled, conditions);
        }

        /** @param replace what becomes of the arms of the stable pool */
        private Split with(ResolvedCanary canary, Function<WeightedPool, List<Arm>> replace) {
            List<Arm> others = arms.stream()
                    .flatMap(arm ->
                            arm.pool.pool().equals(canary.stable()) ? replace.apply(arm.pool).stream() : Stream.of(arm))
                    .toList();
            return new Split(whole, others, conditions);
        }
    }

    /** To be tried one after the other; the action as it is where there is no canary. */
    static List<Split> of(Forward forward, List<ResolvedCanary> canaries) {
        List<Arm> arms = forward.pools().stream()
                .map(pool -> new Arm(pool, Optional.empty()))
                .toList();
        List<Split> splits = List.of(new Split(forward, arms, List.of()));
        for (ResolvedCanary canary : canaries) {
            splits = splits.stream()
                    .flatMap(split -> split(split, canary).stream())
                    .toList();
        }
        return splits;
    }

    private static List<Split> split(Split whole, ResolvedCanary canary) {
        List<Split> splits = new ArrayList<>();
        splits.add(moved(whole, canary, How.FORCED).when(cookie(canary.cookie().name(), "true")));
        splits.add(kept(whole, canary, How.FORCED).when(cookie(canary.cookie().name(), "false")));
        if (canary.assignment() instanceof Assignment.ByUser) {
            String remembered = rememberedBy(canary);
            belowShare(canary.share())
                    .ifPresent(
                            bands -> splits.add(moved(whole, canary, How.KNOWN).when(cookie(remembered, bands))));
            splits.add(kept(whole, canary, How.KNOWN).when(cookie(remembered, "[0-9]{2}")));
            splits.add(byBand(whole, canary));
        } else if (canary.assignment() instanceof Assignment.ByRequest) {
            splits.add(byChance(whole, canary));
        } else if (canary.assignment() instanceof Assignment.ByCookie by) {
            splits.add(moved(whole, canary, How.COOKIE).when(cookie(by.name(), expression(by.values()))));
            splits.add(kept(whole, canary, How.COOKIE));
        } else if (canary.assignment() instanceof Assignment.ByHeader by) {
            HeaderMatch match = new HeaderMatch(by.name(), oneOf(by.values()), false);
            splits.add(moved(whole, canary, How.HEADER).when(Conditions.header(match)));
            splits.add(kept(whole, canary, How.HEADER));
        }
        return splits;
    }

    /** {@code canary-payment-v2} */
    private static String rememberedBy(ResolvedCanary canary) {
        return canary.cookie().name() + "-" + canary.name();
    }

    private static HeaderMatcher cookie(String name, String values) {
        return Conditions.cookie(new CookieMatch(name, CookieRegex.quotedOrNot(values)));
    }

    private static ValueMatch oneOf(List<String> values) {
        return values.size() == 1 ? new ValueMatch.Exact(values.get(0)) : new ValueMatch.Regex(expression(values));
    }

    private static String expression(List<String> values) {
        return values.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    }

    /** The numbers of two digits below the share, a percentage. */
    static Optional<String> belowShare(int share) {
        int tens = share / 10;
        int ones = share % 10;
        List<String> some = new ArrayList<>();
        if (tens > 0) {
            some.add("[0-" + (tens - 1) + "][0-9]");
        }
        if (ones > 0) {
            some.add(tens + "[0-" + (ones - 1) + "]");
        }
        return some.isEmpty() ? Optional.empty() : Optional.of(String.join("|", some));
    }

    private static Split moved(Split whole, ResolvedCanary canary, How how) {
        return whole.with(canary, pool -> List.of(onCanary(pool, canary, how)));
    }

    private static Split kept(Split whole, ResolvedCanary canary, How how) {
        return whole.with(canary, pool -> List.of(onStable(pool, canary, how)));
    }

    private static Arm onCanary(WeightedPool pool, ResolvedCanary canary, How how) {
        return new Arm(pool.withPool(canary.canary()), Optional.of(new Membership.OfCanary(canary.name(), true, how)));
    }

    private static Arm onStable(WeightedPool pool, ResolvedCanary canary, How how) {
        return new Arm(pool, Optional.of(new Membership.OfCanary(canary.name(), false, how)));
    }

    private static Split byBand(Split whole, ResolvedCanary canary) {
        return whole.scaled()
                .with(
                        canary,
                        pool -> IntStream.range(0, BANDS)
                                .mapToObj(band -> {
                                    WeightedPool one = new WeightedPool(
                                            pool.pool(),
                                            pool.weight() / BANDS,
                                            remembering(pool.headers(), canary, band),
                                            pool.subset());
                                    return band < canary.share()
                                            ? onCanary(one, canary, How.NEW)
                                            : onStable(one, canary, How.NEW);
                                })
                                .toList());
    }

    private static Split byChance(Split whole, ResolvedCanary canary) {
        int share = canary.share();
        return whole.scaled().with(canary, pool -> {
            int percent = pool.weight() / BANDS;
            Arm rest = onStable(pool.withWeight(percent * (BANDS - share)), canary, How.REQUEST);
            return share == 0
                    ? List.of(rest)
                    : List.of(onCanary(pool.withWeight(percent * share), canary, How.REQUEST), rest);
        });
    }

    private static HeaderEdits remembering(HeaderEdits headers, ResolvedCanary canary, int band) {
        Cookie cookie = canary.cookie();
        String value = "%s=%02d; Path=%s; Max-Age=%d; SameSite=%s%s"
                .formatted(
                        rememberedBy(canary),
                        band,
                        cookie.path(),
                        cookie.maxAge(),
                        cookie.sameSite(),
                        cookie.secure() ? "; Secure" : "");
        HeaderChanges response = headers.response();
        List<HeaderChanges.Value> add = new ArrayList<>(response.add());
        add.add(new HeaderChanges.Value("set-cookie", value));
        return new HeaderEdits(
                headers.request(),
                new HeaderChanges(
                        response.set(), response.setIfPresent(), response.setIfAbsent(), add, response.remove()));
    }
}
