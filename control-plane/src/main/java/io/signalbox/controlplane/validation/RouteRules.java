package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.QueryMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.controlplane.model.RouteSpec;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

final class RouteRules {
    private RouteRules() {}

    static void check(RouteSpec route, Instant now, Findings findings) {
        if (route.isExpired(now)) {
            findings.at("expiresAt")
                    .add(Findings.quote(route.expiresAt().orElseThrow().toString()), "a time to come");
        }
        checkHosts(route.hosts(), findings);
        checkMatch(route.match(), findings.at("match"));
        HeaderRules.check(route.headers(), findings);
        ActionRules.check(route.action(), route.match().path(), findings.at("action"));
    }

    /** The schema sees to different spellings only; {@code Shop.example.com} and {@code shop.example.com} are one host. */
    static void checkHosts(List<String> hosts, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < hosts.size(); i++) {
            if (!seen.add(hosts.get(i))) {
                findings.at("hosts", i).add(Findings.quote(hosts.get(i)) + " again", "each host once");
            }
        }
    }

    private static void checkMatch(RouteMatch match, Findings findings) {
        if (match.path() instanceof PathMatch.Regex regex) {
            RegexRules.check(regex.regex(), findings.at("path.regex"));
        }
        for (int i = 0; i < match.headers().size(); i++) {
            HeaderMatch header = match.headers().get(i);
            Findings here = findings.at("headers", i);
            if (header.name().equals("host")) {
                // Envoy knows it as :authority only, port included, and has picked the virtual host by it already.
                here.at("name").add("\"host\"", "another header; which hosts a route is for is said by spec.hosts");
            }
            checkValue(header.value(), here);
        }
        for (int i = 0; i < match.cookies().size(); i++) {
            CookieMatch cookie = match.cookies().get(i);
            checkValue(cookie.value(), findings.at("cookies", i));
            checkCookieValue(cookie.value(), findings.at("cookies", i));
        }
        for (int i = 0; i < match.query().size(); i++) {
            QueryMatch query = match.query().get(i);
            checkValue(query.value(), findings.at("query", i));
        }
    }

    private static void checkValue(ValueMatch value, Findings findings) {
        if (value instanceof ValueMatch.Regex regex) {
            RegexRules.check(regex.regex(), findings.at("regex"));
        }
    }

    /** RFC 6265, section 4.1.1: a semicolon ends a cookie's value. */
    private static void checkCookieValue(ValueMatch value, Findings findings) {
        String expected = "a value without a semicolon, which no cookie can have";
        if (value instanceof ValueMatch.Exact exact && exact.value().contains(";")) {
            findings.at("exact").add(Findings.quote(exact.value()), expected);
        } else if (value instanceof ValueMatch.Prefix prefix && prefix.prefix().contains(";")) {
            findings.at("prefix").add(Findings.quote(prefix.prefix()), expected);
        } else if (value instanceof ValueMatch.Suffix suffix && suffix.suffix().contains(";")) {
            findings.at("suffix").add(Findings.quote(suffix.suffix()), expected);
        } else if (value instanceof ValueMatch.Contains contains
                && contains.substring().contains(";")) {
            findings.at("contains").add(Findings.quote(contains.substring()), expected);
        }
    }
}
