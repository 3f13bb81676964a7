package io.signalbox.routing;

import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.List;

/** What requests are hashed by, seen in which of four equal weights they fall. */
final class HashCases {
    private static final String ARMS = "weighted_clusters: {use_hash_policy: true, clusters: [{name: c0, weight: 1},"
            + " {name: c1, weight: 1}, {name: c2, weight: 1}, {name: c3, weight: 1}]}";

    private HashCases() {}

    static List<AgreementCase> all() {
        SeededDice dice = SeededDice.of(20);
        List<AgreementCase> cases = new ArrayList<>();
        for (String policy : List.of(
                "{header: {header_name: x}}",
                "{header: {header_name: ':path'}}",
                "{header: {header_name: x, regex_rewrite: {pattern: {regex: '.*'}, substitution: salt}}}",
                "{header: {header_name: x, regex_rewrite: {pattern: {regex: '(\\w)(\\d)'}, substitution: '\\2\\1'}}}",
                "{header: {header_name: accept}}",
                "{cookie: {name: c}}",
                "{query_parameter: {name: q}}",
                "{header: {header_name: x}}, {header: {header_name: y}}",
                "{header: {header_name: x}}, {header: {header_name: x}}",
                "{header: {header_name: x}, terminal: true}, {header: {header_name: y}}",
                "{cookie: {name: c}}, {header: {header_name: ':scheme', regex_rewrite: {pattern: {regex: '.*'}, substitution: e7}}}",
                "{query_parameter: {name: q}, terminal: true}, {cookie: {name: c}}, {header: {header_name: ':path'}}")) {
            cases.add(new AgreementCase(
                    "hash of " + policy,
                    Configurations.routes("- {name: r, match: {prefix: /}, route: {hash_policy: [%s, %s], %s}}"
                            .formatted(policy, "{header: {header_name: always}}", ARMS)),
                    requests(dice)));
        }
        return cases;
    }

    /** Each has the header {@code always}, so that none is left to chance. */
    private static List<Request> requests(SeededDice dice) {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Request request = Request.get(dice.pick("/", "/?q=" + i, "/?q", "/?q=", "/?a=b&q=1&q=" + i))
                    .with("always", "" + i);
            request = dice.oneIn(3) ? request : request.with("x", "user" + i);
            request = dice.oneIn(3) ? request.with("x", "other" + dice.nextInt(9)) : request;
            request = dice.oneIn(6) ? request.with("x", "") : request;
            request = dice.oneIn(3) ? request : request.with("y", "user" + i);
            request = dice.oneIn(3) ? request : request.with("accept", "t/" + i).with("accept", "u/" + i);
            requests.add(dice.oneIn(4) ? request : request.with("cookie", cookie(dice, i)));
        }
        return requests;
    }

    private static String cookie(SeededDice dice, int i) {
        return dice.pick(
                "c=" + i,
                "c=\"" + i + "\"",
                "b=1; c=" + i,
                "b=1;c=" + i + ";d=2",
                "c =" + i,
                "c= " + i,
                "c=" + i + " ; d=1",
                "  c=" + i + "=" + i,
                "c=; c=" + i,
                "C=" + i,
                "c=\"",
                "c=\"" + i,
                "c",
                "cc=1; c=" + i,
                "c=\"\"; c=" + i,
                "c;c=" + i);
    }
}
