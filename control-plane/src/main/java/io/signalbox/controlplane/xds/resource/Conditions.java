package io.signalbox.controlplane.xds.resource;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.Int64Range;
import io.signalbox.controlplane.model.Network;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
import io.signalbox.controlplane.model.RouteMatch.Fraction;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.QueryMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a route asks of a request besides its path. Envoy: {@code HeaderMatcher}, {@code QueryParameterMatcher}. */
final class Conditions {
    private Conditions() {}

    /** {@code GET} does not include {@code HEAD}: as with Envoy, a route that is for both lists both. */
    static Optional<HeaderMatcher> method(List<String> methods) {
        if (methods.isEmpty()) {
            return Optional.empty();
        }
        StringMatcher.Builder value = StringMatcher.newBuilder();
        if (methods.size() == 1) {
            value.setExact(methods.get(0));
        } else {
            value.setSafeRegex(Regexes.matcher(
                    methods.stream().distinct().map(Pattern::quote).collect(Collectors.joining("|"))));
        }
        return Optional.of(HeaderMatcher.newBuilder()
                .setName(":method")
                .setStringMatch(value)
                .build());
    }

    static HeaderMatcher header(HeaderMatch header) {
        HeaderMatcher.Builder matcher = HeaderMatcher.newBuilder().setName(header.name());
        if (header.value() instanceof ValueMatch.Present present) {
            matcher.setPresentMatch(true).setInvertMatch(present.present() == header.inverted());
        } else if (header.value() instanceof ValueMatch.Range range) {
            matcher.setRangeMatch(Int64Range.newBuilder().setStart(range.from()).setEnd(range.to()))
                    .setInvertMatch(header.inverted());
        } else {
            matcher.setStringMatch(string(header.value())).setInvertMatch(header.inverted());
        }
        return matcher.setTreatMissingHeaderAsEmpty(header.missingAsEmpty()).build();
    }

    /**
     * The client's address, which Envoy writes to this header whatever the client says: after trusted hops and the PROXY
     * protocol, as text in one form. {@code RouteMatch} has no field for it; {@code filter_state} would need a filter that
     * decides the route anew, which Envoy 1.36 has not.
     */
    static Optional<HeaderMatcher> sources(List<String> networks) {
        if (networks.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(HeaderMatcher.newBuilder()
                .setName("x-envoy-external-address")
                .setStringMatch(StringMatcher.newBuilder()
                        .setSafeRegex(Regexes.matcher(NetworkRegex.of(networks.stream()
                                .map(Network::parse)
                                .flatMap(Optional::stream)
                                .toList()))))
                .build());
    }

    /**
     * A header, none of whose lines is anything but one of these. So the first line, by which Envoy picks a cluster, is one
     * of them, whatever others there are.
     */
    static HeaderMatcher onlyOneOf(String name, List<String> texts) {
        return HeaderMatcher.newBuilder()
                .setName(name)
                .setStringMatch(
                        StringMatcher.newBuilder().setSafeRegex(Regexes.matcher(OtherTexts.than(new TreeSet<>(texts)))))
                .setInvertMatch(true)
                .build();
    }

    static RuntimeFractionalPercent fraction(Fraction fraction) {
        RuntimeFractionalPercent.Builder proto = RuntimeFractionalPercent.newBuilder()
                .setDefaultValue(FractionalPercent.newBuilder()
                        .setNumerator(fraction.millionths())
                        .setDenominator(FractionalPercent.DenominatorType.MILLION));
        fraction.runtimeKey().ifPresent(proto::setRuntimeKey);
        return proto.build();
    }

    /**
     * A condition on the whole {@code cookie} header, which every supported Envoy knows; {@code RouteMatch.cookies} came
     * with 1.37.
     */
    static HeaderMatcher cookie(CookieMatch cookie) {
        HeaderMatcher.Builder matcher = HeaderMatcher.newBuilder()
                .setName("cookie")
                .setStringMatch(StringMatcher.newBuilder()
                        .setSafeRegex(Regexes.matcher(CookieRegex.of(cookie.name(), cookie.value()))));
        if (cookie.value() instanceof ValueMatch.Present present && !present.present()) {
            // An inverted condition does not hold where the header is missing, unless that counts as empty.
            matcher.setInvertMatch(true).setTreatMissingHeaderAsEmpty(true);
        }
        return matcher.build();
    }

    static QueryParameterMatcher query(QueryMatch query) {
        QueryParameterMatcher.Builder matcher =
                QueryParameterMatcher.newBuilder().setName(query.name());
        if (query.value() instanceof ValueMatch.Present present) {
            matcher.setPresentMatch(present.present());
        } else {
            matcher.setStringMatch(string(query.value()));
        }
        return matcher.build();
    }

    static StringMatcher string(ValueMatch value) {
        StringMatcher.Builder matcher = StringMatcher.newBuilder();
        if (value instanceof ValueMatch.Exact exact) {
            matcher.setExact(exact.value()).setIgnoreCase(exact.ignoreCase());
        } else if (value instanceof ValueMatch.Prefix prefix) {
            matcher.setPrefix(prefix.prefix()).setIgnoreCase(prefix.ignoreCase());
        } else if (value instanceof ValueMatch.Suffix suffix) {
            matcher.setSuffix(suffix.suffix()).setIgnoreCase(suffix.ignoreCase());
        } else if (value instanceof ValueMatch.Contains contains) {
            matcher.setContains(contains.substring()).setIgnoreCase(contains.ignoreCase());
        } else if (value instanceof ValueMatch.Regex regex) {
            matcher.setSafeRegex(Regexes.matcher(regex.regex(), regex.ignoreCase()));
        } else {
            throw new IllegalArgumentException("no condition on a value: " + value);
        }
        return matcher.build();
    }
}
