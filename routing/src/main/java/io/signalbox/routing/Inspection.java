package io.signalbox.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One request beside all routes of the virtual host it goes to, for people who ask why. Nothing of it is on the way of
 * a decision. For one thread.
 */
public final class Inspection {
    private static final long MILLION = 1_000_000;

    private final VirtualHost host;
    private final Subject subject;
    private final Map<String, Route> routes = new HashMap<>();
    private final Map<String, List<RouteAction.Forward>> forwards = new HashMap<>();

    Inspection(VirtualHost host, Subject subject) {
        this.host = host;
        this.subject = subject;
        host.matcher().forEachRoute(route -> {
            routes.putIfAbsent(route.name(), route);
            if (route.action() instanceof RouteAction.Forward forward) {
                forwards.computeIfAbsent(route.name(), name -> new ArrayList<>())
                        .add(forward);
            }
        });
    }

    /** The virtual host's name. */
    public String virtualHost() {
        return host.name();
    }

    /** A part of a route's match, in the words and numbers of the proto's {@code RouteMatch}. */
    public sealed interface Part {
        /** The path specifier. */
        record Path() implements Part {}

        /** {@code headers[index]} */
        record Header(int index) implements Part {}

        /** {@code query_parameters[index]} */
        record Query(int index) implements Part {}

        /** {@code grpc} */
        record Grpc() implements Part {}

        /** {@code runtime_fraction} */
        record Fraction() implements Part {}
    }

    /** One cluster of those a route may send to; {@code weight} counts against the sum of all. */
    public record Arm(String cluster, long weight) {}

    /**
     * What the request does not fulfil of a route's match, whichever route decides; empty when it fulfils all.
     *
     * @throws IllegalArgumentException when the virtual host has no route of that name
     */
    public List<Part> unmet(String route) {
        Route found = get(route);
        List<Part> unmet = new ArrayList<>();
        if (!found.path().matches(subject)) {
            unmet.add(new Part.Path());
        }
        int headers = 0;
        int query = 0;
        for (Condition condition : found.conditions()) {
            Part part = condition instanceof Condition.Grpc ? new Part.Grpc() : new Part.Fraction();
            if (condition.isOfHeader()) {
                part = new Part.Header(headers++);
            } else if (condition.isOfQuery()) {
                part = new Part.Query(query++);
            }
            if (!condition.holds(subject)) {
                unmet.add(part);
            }
        }
        return List.copyOf(unmet);
    }

    /**
     * The random values at which the fraction of some route ends, of those that count in millionths: between two of them
     * the same route takes the request, whichever the value.
     */
    public SortedSet<Long> fractionEnds() {
        SortedSet<Long> ends = new TreeSet<>();
        for (Route route : routes.values()) {
            for (Condition condition : route.conditions()) {
                if (condition instanceof Condition.Fraction fraction && fraction.denominator() == MILLION) {
                    ends.add(fraction.numerator());
                }
            }
        }
        return ends;
    }

    /**
     * The clusters that the route which decided sends to, in their order; empty where a header says to which.
     *
     * @param decision of the same table
     */
    public List<Arm> arms(Decision.Forward decision) {
        return choice(decision).map(ClusterChoice::arms).orElse(List.of());
    }

    /**
     * Which of its arms the route which decided picks, by the random value that this inspection was given.
     *
     * @param decision of the same table
     */
    public int pickedArm(Decision.Forward decision) {
        return choice(decision).map(choice -> choice.pickedArm(subject)).orElse(0);
    }

    /**
     * Which of the routes of its name the one is that decided, from 0, in their order. One that the virtual host has in several
     * places is counted in each of them, after all of its name in the places before.
     *
     * @param decision of the same table
     */
    public int place(Decision.Forward decision) {
        List<RouteAction.Forward> ofName = forwards.getOrDefault(decision.route(), List.of());
        for (int i = 0; i < ofName.size(); i++) {
            if (ofName.get(i).forwarding() == decision.forwarding()) {
                return i;
            }
        }
        throw new IllegalArgumentException("no route " + decision.route() + " in " + host.name() + " decided that");
    }

    /**
     * Whether the route which decided picks the cluster by a hash of something that the request has, so that the same request
     * always goes to the same one.
     *
     * @param decision of the same table
     * @param header that is not the client's; a hash of it is no other than chance
     */
    public boolean isHashed(Decision.Forward decision, String header) {
        return choice(decision)
                .map(choice -> choice.isHashedWithout(HeaderName.of(header), subject))
                .orElse(false);
    }

    private Optional<ClusterChoice> choice(Decision.Forward decision) {
        return forwards.getOrDefault(decision.route(), List.of()).stream()
                .filter(forward -> forward.forwarding() == decision.forwarding()) // several routes may have one name
                .findFirst()
                .map(RouteAction.Forward::cluster);
    }

    private Route get(String name) {
        @Nullable Route route = routes.get(name);
        if (route == null) {
            throw new IllegalArgumentException("no route " + name + " in " + host.name());
        }
        return route;
    }
}
