package io.signalbox.controlplane.explain;

import com.google.common.net.InetAddresses;
import io.signalbox.controlplane.explain.EdgeRequest.Arrival;
import io.signalbox.controlplane.explain.Explanation.Asked;
import io.signalbox.controlplane.explain.Explanation.Result;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.controlplane.validation.Violation;
import io.signalbox.controlplane.xds.Membership;
import io.signalbox.controlplane.xds.resource.Translator;
import io.signalbox.routing.Decision;
import io.signalbox.routing.Inspection;
import io.signalbox.routing.RouteTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says what becomes of a request and why, at whatever config it is given. What it decides is decided by the routing library
 * on the protos that proxies get. Any thread.
 */
public final class Explainer {
    /** Kept from one config to the next, as it hands out again what did not change. Guarded by this. */
    private final Translator translator = new Translator();

    private @Nullable CompiledConfig last;

    /** @throws UnfitRequest when there is no listener that the request could arrive at, or its client is no address */
    public Explanation explain(Config config, SampleRequest sample, OptionalLong random) throws UnfitRequest {
        Optional<String> noAddress = sample.client().filter(client -> !InetAddresses.isInetAddress(client));
        if (noAddress.isPresent()) {
            throw new UnfitRequest(new Violation("client", noAddress.get(), "an IPv4 or IPv6 address"));
        }
        CompiledConfig compiled = compiled(config);
        List<EdgePolicy> fitting = ListenerChoice.fitting(compiled.chains(), sample);
        EdgePolicy listener = fitting.stream().findFirst().orElseThrow(() -> unfit(compiled, sample));
        List<String> others = fitting.stream().skip(1).map(EdgePolicy::listener).toList();
        return explain(compiled, listener, others, sample, random);
    }

    /** The last one again for the same config: an explanation seldom comes alone. */
    private synchronized CompiledConfig compiled(Config config) {
        CompiledConfig known = last;
        if (known == null || known.config() != config) {
            known = CompiledConfig.of(config, translator);
            last = known;
        }
        return known;
    }

    private static UnfitRequest unfit(CompiledConfig compiled, SampleRequest sample) {
        String listeners = String.join(
                ", ",
                compiled.chains().stream()
                        .map(l -> l.listener() + " (" + l.scheme() + ")")
                        .distinct()
                        .toList());
        String found =
                sample.listener().orElse("") + sample.scheme().map(s -> " " + s).orElse("");
        return new UnfitRequest(new Violation(
                "listener",
                found.isBlank() ? "nothing" : found.strip(),
                listeners.isEmpty() ? "a revision with an HTTP listener" : "one of " + listeners));
    }

    private static Explanation explain(
            CompiledConfig config,
            EdgePolicy listener,
            List<String> others,
            SampleRequest sample,
            OptionalLong random) {
        Arrival arrival = EdgeRequest.of(sample, listener);
        if (arrival instanceof Arrival.Routed routed) {
            return new Routing(config, listener, others, routed.request(), random).explain();
        }
        Asked asked = new Asked(sample.method(), listener.scheme(), sample.host(), sample.path());
        Result result = arrival instanceof Arrival.Rejected rejected
                ? new Result.Rejected(rejected.status(), rejected.reason())
                : new Result.Redirect(
                        307,
                        ((Arrival.Redirected) arrival).path(),
                        Optional.of("the path has escaped slashes; the client is to ask without"));
        return new Explanation(
                config.config().revision(),
                listener.listener(),
                others,
                asked,
                result,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                0);
    }

    /** One request that got as far as the router. */
    private record Routing(
            CompiledConfig config, EdgePolicy listener, List<String> others, EdgeRequest request, OptionalLong random) {

        Explanation explain() {
            RouteTable table = config.table(listener.listener());
            Optional<Inspection> inspection = table.inspect(request, () -> random.orElse(0));
            Chances chances = random.isPresent()
                    ? Chances.certain(table.decide(request, random::getAsLong))
                    : Chances.of(
                            inspection.map(Inspection::fractionEnds).orElseGet(TreeSet::new),
                            value -> table.decide(request, () -> value));
            Decision decision = chances.first();
            Optional<String> route = Decisions.route(decision);
            List<Explanation.Arm> arms = inspection
                    .map(i -> chances.arms(each -> Arms.of(each, i, members(each, i), isDecided(each, i))))
                    .orElse(List.of());
            Optional<String> host = inspection.map(Inspection::virtualHost);
            Candidates candidates = inspection
                    .map(i -> Candidates.stronger(
                            config.inOrder(listener.listener(), i.virtualHost()), route, i, request))
                    .orElse(Candidates.NONE);
            return new Explanation(
                    config.config().revision(),
                    listener.listener(),
                    others,
                    Decisions.asked(request),
                    Decisions.result(
                            decision,
                            request,
                            random.isPresent() || chances.isCertain() && Arms.leadToOnePool(arms),
                            chances.isCertain() ? Arms.member(arms) : Optional.empty()),
                    host,
                    route,
                    Decisions.unmatched(decision),
                    chances.isCertain()
                            ? List.of()
                            : chances.all().stream().map(Decisions::possible).toList(),
                    arms,
                    candidates.listed(),
                    candidates.omitted());
        }

        private List<List<Optional<Membership>>> members(Decision decision, Inspection inspection) {
            return Decisions.route(decision)
                    .map(route -> config.arms(listener.listener(), inspection.virtualHost(), route))
                    .orElse(List.of());
        }

        /** Whether there is no chance in which arm of the route it is. */
        private boolean isDecided(Decision decision, Inspection inspection) {
            return random.isPresent()
                    || decision instanceof Decision.Forward forward && inspection.isHashed(forward, "x-request-id");
        }
    }
}
