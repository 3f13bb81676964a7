package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.explain.Explanation.Candidate;
import io.signalbox.routing.Inspection;
import io.signalbox.routing.Inspection.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The routes that go before the chosen one, and why they do not take the request. Listed are the nearest: those whose path
 * fits before others, then those with fewer unmet conditions, then those whose place is closer to the chosen one.
 */
record Candidates(List<Candidate> listed, int omitted) {
    static final Candidates NONE = new Candidates(List.of(), 0);

    private static final int MOST = 100;

    /** @param distance the smaller, the nearer */
    private record Ranked(ResolvedRoutes.Route route, int rank, List<Part> unmet, int distance) {
        static Ranked of(ResolvedRoutes.Route route, int rank, List<Part> unmet) {
            boolean otherPath = unmet.contains(new Part.Path());
            return new Ranked(route, rank, unmet, (otherPath ? 1000 : 0) + unmet.size());
        }
    }

    /**
     * @param routes of the virtual host, in precedence order
     * @param chosen when empty, every route goes before
     */
    static Candidates stronger(
            List<ResolvedRoutes.Route> routes, Optional<String> chosen, Inspection inspection, EdgeRequest request) {
        List<Ranked> before = new ArrayList<>();
        for (ResolvedRoutes.Route route : routes) {
            if (chosen.isPresent() && route.name().equals(chosen.get())) {
                break;
            }
            before.add(Ranked.of(route, before.size(), inspection.unmet(route.name())));
        }
        List<Candidate> listed = before.stream()
                .sorted(Comparator.comparingInt(Ranked::distance)
                        .thenComparing(Comparator.comparingInt(Ranked::rank).reversed()))
                .limit(MOST)
                .sorted(Comparator.comparingInt(Ranked::rank))
                .map(ranked -> candidate(ranked, request))
                .toList();
        return new Candidates(listed, before.size() - listed.size());
    }

    private static Candidate candidate(Ranked ranked, EdgeRequest request) {
        Conditions conditions = new Conditions(ranked.route.match(), request);
        return new Candidate(
                ranked.route.name(),
                ranked.unmet.stream()
                        .filter(conditions::isOfMatch)
                        .map(conditions::unmet)
                        .toList());
    }
}
