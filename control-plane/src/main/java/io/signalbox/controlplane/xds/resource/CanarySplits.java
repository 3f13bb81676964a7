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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /**
     * One way to be assigned.
     *
     * @param conditions besides those of the route
     */
    record Split(Forward forward, List<HeaderMatcher> conditions) {
        Split {
            conditions = List.copyOf(conditions);
        }

        private Split when(HeaderMatcher condition) {
            return new Split(
                    forward,
                    Stream.concat(conditions.stream(), Stream.of(condition)).toList());
        }

        private Split to(List<WeightedPool> pools) {
            return new Split(forward.withPools(pools), conditions);
        }
    }

    /** To be tried one after the other; the action as it is where there is no canary. */
    static List<Split> of(Forward forward, List<ResolvedCanary> canaries) {
        List<Split> splits = List.of(new Split(forward, List.of()));
        for (ResolvedCanary canary : canaries) {
            splits = splits.stream()
                    .flatMap(split -> split(split, canary).stream())
                    .toList();
        }
        return splits;
    }

    private static List<Split> split(Split whole, ResolvedCanary canary) {
        List<Split> splits = new ArrayList<>();
        Split onCanary = moved(whole, canary);
        splits.add(onCanary.when(cookie(canary.cookie().name(), "true")));
        splits.add(whole.when(cookie(canary.cookie().name(), "false")));
        if (canary.assignment() instanceof Assignment.ByUser) {
            String remembered = rememberedBy(canary);
            belowShare(canary.share()).ifPresent(bands -> splits.add(onCanary.when(cookie(remembered, bands))));
            splits.add(whole.when(cookie(remembered, "[0-9]{2}")));
            splits.add(byBand(whole, canary));
        } else if (canary.assignment() instanceof Assignment.ByRequest) {
            splits.add(byChance(whole, canary));
        } else if (canary.assignment() instanceof Assignment.ByCookie by) {
            splits.add(onCanary.when(cookie(by.name(), expression(by.values()))));
            splits.add(whole);
        } else if (canary.assignment() instanceof Assignment.ByHeader by) {
            splits.add(onCanary.when(Conditions.header(new HeaderMatch(by.name(), oneOf(by.values()), false))));
            splits.add(whole);
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

    private static Split moved(Split whole, ResolvedCanary canary) {
        return whole.to(whole.forward().pools().stream()
                .map(pool -> isStable(pool, canary) ? pool.withPool(canary.canary()) : pool)
                .toList());
    }

    private static Split byBand(Split whole, ResolvedCanary canary) {
        List<WeightedPool> pools = new ArrayList<>();
        for (WeightedPool pool : whole.forward().pools()) {
            if (!isStable(pool, canary)) {
                pools.add(pool.withWeight(pool.weight() * BANDS));
                continue;
            }
            for (int band = 0; band < BANDS; band++) {
                String name = band < canary.share() ? canary.canary() : canary.stable();
                HeaderEdits headers = remembering(pool.headers(), canary, band);
                pools.add(new WeightedPool(name, pool.weight(), headers, pool.subset()));
            }
        }
        return whole.to(pools);
    }

    private static Split byChance(Split whole, ResolvedCanary canary) {
        List<WeightedPool> pools = new ArrayList<>();
        for (WeightedPool pool : whole.forward().pools()) {
            int share = isStable(pool, canary) ? canary.share() : 0;
            if (share > 0) {
                pools.add(pool.withPool(canary.canary()).withWeight(pool.weight() * share));
            }
            pools.add(pool.withWeight(pool.weight() * (BANDS - share)));
        }
        return whole.to(pools);
    }

    private static boolean isStable(WeightedPool pool, ResolvedCanary canary) {
        return pool.pool().equals(canary.stable());
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
