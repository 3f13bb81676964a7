package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Network;
import io.signalbox.controlplane.model.PathTemplate;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

final class MatchRules {
    private static final String PLAIN_TEMPLATE =
            "/ and segments, each a text, *, ** or {name}, which may have text around it, with at most one ** and nothing"
                    + " variable behind it";
    private static final String NETWORK = "a network such as 10.0.0.0/8 or 2001:db8::/32";

    private MatchRules() {}

    static void check(RouteMatch match, Findings findings) {
        check(match.path(), findings.at("path"));
        for (int i = 0; i < match.headers().size(); i++) {
            check(match.headers().get(i), findings.at("headers", i));
        }
        for (int i = 0; i < match.cookies().size(); i++) {
            CookieMatch cookie = match.cookies().get(i);
            checkValue(cookie.value(), findings.at("cookies", i));
            checkCookieValue(cookie.value(), findings.at("cookies", i));
        }
        for (int i = 0; i < match.query().size(); i++) {
            checkValue(match.query().get(i).value(), findings.at("query", i));
        }
        Set<Network> seen = new HashSet<>();
        for (int i = 0; i < match.sources().size(); i++) {
            checkSource(match.sources().get(i), seen, findings.at("sources", i));
        }
    }

    private static void check(PathMatch path, Findings findings) {
        if (path instanceof PathMatch.Regex regex) {
            RegexRules.check(regex.regex(), regex.ignoreCase(), findings.at("regex"));
        } else if (path instanceof PathMatch.Template template) {
            PathTemplate.problem(template.template())
                    .ifPresent(problem -> findings.at("template")
                            .add(Findings.quote(template.template()) + ": " + problem, PLAIN_TEMPLATE));
        }
    }

    static void check(HeaderMatch header, Findings findings) {
        if (header.name().equals("host")) {
            // Envoy knows it as :authority only, port included, and has picked the virtual host by it already.
            findings.at("name").add("\"host\"", "another header; which hosts a route is for is said by spec.hosts");
        }
        if (header.missingAsEmpty() && header.value() instanceof ValueMatch.Present) {
            findings.at("missingAsEmpty").add("true, beside present", "a condition on the value");
        }
        checkValue(header.value(), findings);
    }

    private static void checkValue(ValueMatch value, Findings findings) {
        if (value instanceof ValueMatch.Regex regex) {
            RegexRules.check(regex.regex(), regex.ignoreCase(), findings.at("regex"));
        } else if (value instanceof ValueMatch.Range range && range.from() >= range.to()) {
            findings.at("range").add(range.from() + " to " + range.to(), "from below to, which is not part of it");
        }
    }

    /** RFC 6265, section 4.1.1: a semicolon ends a cookie's value. */
    private static void checkCookieValue(ValueMatch value, Findings findings) {
        if (value instanceof ValueMatch.Exact exact) {
            checkCookieValue(exact.value(), findings.at("exact"));
        } else if (value instanceof ValueMatch.Prefix prefix) {
            checkCookieValue(prefix.prefix(), findings.at("prefix"));
        } else if (value instanceof ValueMatch.Suffix suffix) {
            checkCookieValue(suffix.suffix(), findings.at("suffix"));
        } else if (value instanceof ValueMatch.Contains contains) {
            checkCookieValue(contains.substring(), findings.at("contains"));
        }
    }

    private static void checkCookieValue(String text, Findings findings) {
        if (text.contains(";")) {
            findings.add(Findings.quote(text), "a value without a semicolon, which no cookie can have");
        }
    }

    private static void checkSource(String text, Set<Network> seen, Findings findings) {
        Optional<Network> network = Network.parse(text);
        if (network.isEmpty()) {
            findings.add(Findings.quote(text), NETWORK);
        } else if (!network.get().equals(network.get().masked())) {
            findings.add(
                    Findings.quote(text) + ", which is within " + network.get().masked(),
                    "a network whose bits behind its prefix are 0");
        } else if (!seen.add(network.get())) {
            findings.add(Findings.quote(text) + " again", "each network once");
        }
    }
}
