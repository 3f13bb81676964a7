package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.explain.Explanation.Arm;
import io.signalbox.controlplane.xds.Membership;
import io.signalbox.routing.Decision;
import io.signalbox.routing.Inspection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a route sends its requests: to which pools, as part of what, and how likely each is. */
final class Arms {
    /** @param pool where a header says to which, that one */
    private record Place(String pool, Optional<Membership> member) {}

    private Arms() {}

    /** The pools that the route which decides sends to. */
    static List<Arm> of(Decision decision, Inspection inspection) {
        return of(decision, inspection, List.of(), false);
    }

    /**
     * The arms of the route which decides. Those that lead to the same pool as part of the same are one: the bands of a
     * canary differ by a cookie alone.
     *
     * @param members whose arms they are, for each of the routes that the one which decides is on proxies; empty for nobody's
     * @param decided whether the request, or a random value that was given, says which one it is
     */
    static List<Arm> of(
            Decision decision, Inspection inspection, List<List<Optional<Membership>>> members, boolean decided) {
        if (!(decision instanceof Decision.Forward forward)) {
            return List.of();
        }
        List<Inspection.Arm> arms = inspection.arms(forward);
        if (arms.isEmpty()) {
            return List.of(new Arm(forward.cluster(), 1, 1, Optional.empty()));
        }
        List<Place> places = places(arms, ofRoute(forward, inspection, members));
        Map<Place, Long> weights = new LinkedHashMap<>();
        for (int i = 0; i < arms.size(); i++) {
            weights.merge(places.get(i), arms.get(i).weight(), Long::sum);
        }
        Place picked = places.get(inspection.pickedArm(forward));
        double total = weights.values().stream().mapToLong(weight -> weight).sum();
        List<Arm> all = new ArrayList<>();
        weights.forEach((place, weight) -> {
            double chance = total == 0 ? 0 : weight / total;
            double probability = decided ? place.equals(picked) ? 1 : 0 : chance;
            all.add(new Arm(place.pool, weight, probability, place.member));
        });
        return all;
    }

    private static List<Optional<Membership>> ofRoute(
            Decision.Forward decision, Inspection inspection, List<List<Optional<Membership>>> members) {
        return members.isEmpty() ? List.of() : members.get(inspection.place(decision) % members.size());
    }

    private static List<Place> places(List<Inspection.Arm> arms, List<Optional<Membership>> members) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            Optional<Membership> member = members.isEmpty() ? Optional.empty() : members.get(i);
            places.add(new Place(arms.get(i).cluster(), member));
        }
        return places;
    }

    /** Whether a request can only go to one pool. */
    static boolean leadToOnePool(List<Arm> arms) {
        return possible(arms).stream().map(Arm::pool).distinct().count() <= 1;
    }

    /** What the request takes part in, where it is the same whichever way it goes. */
    static Optional<Membership> member(List<Arm> arms) {
        List<Optional<Membership>> members =
                possible(arms).stream().map(Arm::member).distinct().toList();
        return members.size() == 1 ? members.get(0) : Optional.empty();
    }

    private static List<Arm> possible(List<Arm> arms) {
        return arms.stream().filter(arm -> arm.probability() > 0).toList();
    }
}
