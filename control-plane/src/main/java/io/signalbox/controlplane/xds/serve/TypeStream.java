package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.EncodedResource;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.TypeSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One type on one stream: what the proxy asked for, what it holds, and the one response that it has not answered yet.
 */
final class TypeStream {
    private static final Held UNKNOWN = new Held.Unknown("");

    private final ResourceType type;
    private final boolean delta;
    private final NodeMemory memory;
    private final Subscription subscription = new Subscription();
    private final Holdings holdings;
    private final Suspects suspects;
    private @Nullable InFlight inFlight;
    private boolean started;
    private boolean resumed;
    private boolean answers;
    private boolean accepts;
    private boolean owesFirstAnswer;
    private TypeStatus.@Nullable Refused lastRefused;
    private TypeStatus.@Nullable State sentState;
    private TypeStatus.@Nullable State acknowledgedState;

    TypeStream(ResourceType type, boolean delta, NodeMemory memory, Snapshot snapshot) {
        this.type = type;
        this.delta = delta;
        this.memory = memory;
        this.suspects = memory.suspects(type);
        this.holdings = new Holdings(snapshot.type(type));
    }

    ResourceType type() {
        return type;
    }

    boolean delta() {
        return delta;
    }

    /** Whether each response must hold all that the proxy is to have: what it leaves out is removed. */
    boolean stateOfTheWorld() {
        return !delta && hasWildcard();
    }

    private boolean hasWildcard() {
        return type == ResourceType.CLUSTER || type == ResourceType.LISTENER;
    }

    NodeMemory memory() {
        return memory;
    }

    Subscription subscription() {
        return subscription;
    }

    Holdings holdings() {
        return holdings;
    }

    Suspects suspects() {
        return suspects;
    }

    boolean started() {
        return started;
    }

    /** Whether the proxy brought something from an earlier stream. */
    boolean resumed() {
        return resumed;
    }

    /** Whether the proxy has answered a response of this type on this stream. */
    boolean hasAnswered() {
        return answers;
    }

    /** Whether the proxy has accepted a whole response of this type on this stream. */
    boolean hasAccepted() {
        return accepts;
    }

    boolean owesFirstAnswer() {
        return owesFirstAnswer;
    }

    Optional<InFlight> inFlight() {
        return Optional.ofNullable(inFlight);
    }

    boolean covers(String name) {
        return subscription.covers(name);
    }

    Held held(String name) {
        return holdings.held(name, covers(name));
    }

    /** Whether the response that the proxy has not answered yet says something about the resource. */
    boolean isUnderWay(String name) {
        return inFlight != null && inFlight.touched().containsKey(name);
    }

    /** Whether the proxy holds the resource, or will once it reads what is under way. */
    boolean mayHold(String name) {
        return started && (held(name) != Held.NOTHING || (inFlight != null && inFlight.mayBring(name)));
    }

    /** For routes and listeners: whether the proxy may send requests to the cluster, now or once it reads what is under way. */
    boolean uses(String cluster) {
        for (Map.Entry<String, Held> exception : holdings.unsettled().entrySet()) {
            if (exception.getValue() instanceof Held.Unknown
                    || exception.getValue().content().stream()
                            .anyMatch(resource -> resource.clusters().contains(cluster))) {
                return true;
            }
        }
        return holdings.target().resources().stream()
                        .filter(resource ->
                                covers(resource.name()) && !holdings.unsettled().containsKey(resource.name()))
                        .anyMatch(resource -> resource.clusters().contains(cluster))
                || inFlightTouched().values().stream()
                        .flatMap(Optional::stream)
                        .anyMatch(resource -> resource.clusters().contains(cluster));
    }

    void retarget(Snapshot snapshot) {
        holdings.retarget(snapshot, subscription::covers);
        settle();
    }

    /** Makes an answer about the name due even if nothing about it changes. */
    void owe(String name) {
        if (covers(name)) {
            holdings.owe(name);
        }
    }

    void oweAll() {
        holdings.target().names().forEach(this::owe);
    }

    // Requests

    void request(Request.Delta request, Snapshot snapshot) {
        boolean first = !started;
        started = true;
        answer(request);
        if (first) {
            resumed = !request.held().isEmpty();
            if (request.subscribe().isEmpty() && hasWildcard()) {
                cover(Subscription.WILDCARD, claims(request.held(), snapshot));
            }
        }
        Map<String, Held> claimed = first ? claims(request.held(), snapshot) : Map.of();
        request.subscribe().forEach(name -> cover(name, claimed));
        request.unsubscribe().forEach(this::uncover);
        noteSubscription();
        settle();
    }

    /**
     * A request that the proxy sent before it read our last response answers nothing, but its list counts: it may give a
     * name up that the next one takes again, and then the proxy has forgotten what it held.
     */
    void request(Request.Sotw request, Snapshot snapshot) {
        boolean first = !started;
        started = true;
        answer(request);
        if (first) {
            resumed = !request.version().isEmpty();
        }
        subscription.droppedBy(request.names()).forEach(this::uncover);
        if (first && request.names().isEmpty() && hasWildcard()) {
            resumeOrCoverAll(request.version(), snapshot);
        }
        for (String name : request.names()) {
            if (first && name.equals(Subscription.WILDCARD) && hasWildcard()) {
                resumeOrCoverAll(request.version(), snapshot);
                subscription.add(name);
            } else if (!name.equals(Subscription.WILDCARD) ? !subscription.names(name) : !subscription.wildcard()) {
                cover(name, first && resumed ? Map.of(name, UNKNOWN) : Map.of());
            }
        }
        noteSubscription();
        settle();
    }

    private void noteSubscription() {
        if (subscription.wildcard()) {
            memory.setUsesWildcard(type);
        }
        memory.setSubscribed(type, !subscription.isEmpty());
    }

    /** A wildcard subscription of a proxy that may already hold the state of the world of some version. */
    private void resumeOrCoverAll(String version, Snapshot snapshot) {
        Optional<TypeSnapshot> base = memory.findState(type, version).or(() -> snapshot.findState(type, version));
        if (version.isEmpty() || base.isEmpty()) {
            Held held = version.isEmpty() ? Held.NOTHING : UNKNOWN;
            holdings.target().names().forEach(name -> holdings.set(name, held));
            owesFirstAnswer = true;
        } else {
            Set<String> differing = holdings.target().differingFrom(base.get());
            differing.forEach(name -> holdings.set(name, Held.of(base.get().find(name))));
        }
        subscription.startWithEverything();
    }

    private void cover(String name, Map<String, Held> claimed) {
        if (name.equals(Subscription.WILDCARD)) {
            coverAll(claimed);
            return;
        }
        boolean before = covers(name);
        subscription.add(name);
        Held held = claimed.get(name);
        if (held != null) {
            holdings.set(name, held);
            if (holdings.wanted(name).isEmpty()) {
                holdings.owe(name);
            }
        } else {
            if (!before) {
                holdings.set(name, Held.NOTHING);
            }
            holdings.owe(name);
        }
    }

    private void coverAll(Map<String, Held> claimed) {
        if (subscription.wildcard()) {
            return;
        }
        for (String name : holdings.target().names()) {
            if (!covers(name)) {
                holdings.set(name, Held.NOTHING);
            }
        }
        subscription.startWithEverything();
        claimed.forEach(holdings::set);
        owesFirstAnswer = claimed.isEmpty();
    }

    private Map<String, Held> claims(Map<String, String> versions, Snapshot snapshot) {
        Map<String, Held> claims = new HashMap<>();
        versions.forEach((name, version) -> claims.put(
                name,
                snapshot.findResource(type, name, version)
                        .<Held>map(Held.Content::new)
                        .orElseGet(() -> new Held.Unknown(version))));
        return claims;
    }

    private void uncover(String name) {
        if (name.equals(Subscription.WILDCARD)) {
            subscription.remove(name);
            holdings.dropAll(n -> !covers(n));
            owesFirstAnswer = false;
        } else if (subscription.names(name)) {
            Held held = held(name);
            subscription.remove(name);
            if (covers(name)) {
                // The proxy cannot tell whether it still gets the resource, by its wildcard, until we say so.
                holdings.set(name, held);
                holdings.owe(name);
            } else {
                holdings.drop(name);
            }
        }
    }

    // Answers to responses

    private void answer(Request request) {
        if (inFlight == null
                || request.nonce().isEmpty()
                || !request.nonce().equals(inFlight.push().nonce())) {
            return;
        }
        InFlight answered = inFlight;
        answers = true;
        inFlight = null;
        if (request.error().isEmpty()) {
            accepts = true;
            accepted(answered, answered.touched());
            answered.whole().ifPresent(whole -> memory.accepted(whole.version(), whole));
            if (subscription.wildcard()) {
                memory.setHeldByWildcard(type, holdings.holdsAnything());
            }
        } else {
            refused(answered, request.error().get());
            if (request instanceof Request.Sotw sotw && stateOfTheWorld()) {
                memory.accepted(sotw.version(), TypeSnapshot.of(type, holdings.contents(subscription::covers)));
            }
        }
    }

    private void accepted(InFlight answered, Map<String, Optional<EncodedResource>> what) {
        what.forEach((name, resource) -> {
            if (covers(name)) {
                // If it unsubscribed and subscribed again meanwhile, it may or may not hold this; an answer is owed.
                holdings.set(name, Held.of(resource));
            }
            suspects.clear(name, versionOf(resource));
            if (answered.changed().contains(name)) {
                memory.forget(type, name);
            }
        });
    }

    private void refused(InFlight answered, String message) {
        Map<String, Optional<EncodedResource>> touched = answered.touched();
        Set<String> named = Nack.refusedNames(type, message, touched.keySet());
        TypeStatus.Refused state = new TypeStatus.Refused(
                answered.state().revision(), answered.state().version(), message);
        lastRefused = state;
        if (!named.isEmpty()) {
            Map<String, Optional<EncodedResource>> taken = new HashMap<>(touched);
            taken.keySet().removeAll(named);
            accepted(answered, taken);
            named.forEach(name -> {
                refuse(name, touched.get(name), state);
                noteResidue(name);
            });
            return;
        }
        Set<String> blamed = blamed(answered);
        if (blamed.isEmpty()) {
            touched.keySet().forEach(name -> refuse(name, Optional.empty(), state));
        }
        if (blamed.size() == 1) {
            blamed.forEach(name -> refuse(name, touched.get(name), state));
        } else {
            blamed.forEach(name -> suspects.add(name, versionOf(touched.get(name))));
        }
    }

    /** What the proxy had accepted before is not to blame, nor is a removal, unless there is nothing else. */
    private static Set<String> blamed(InFlight answered) {
        Set<String> sent = new HashSet<>(answered.touched().keySet());
        sent.removeIf(name -> !answered.mayBring(name));
        Set<String> news = new HashSet<>(sent);
        news.retainAll(answered.changed());
        return news.isEmpty() ? sent : news;
    }

    private void refuse(String name, @Nullable Optional<EncodedResource> resource, TypeStatus.Refused state) {
        memory.refuse(type, name, new NodeMemory.Refusal(versionOf(resource), state));
        suspects.clear(name);
    }

    /** Refused by name, and so after Envoy began to make something of it. */
    private void noteResidue(String name) {
        if (type == ResourceType.CLUSTER && held(name) == Held.NOTHING) {
            holdings.set(name, Held.RESIDUE);
        }
    }

    private static String versionOf(@Nullable Optional<EncodedResource> resource) {
        return resource == null
                ? NodeMemory.REMOVAL
                : resource.map(EncodedResource::version).orElse(NodeMemory.REMOVAL);
    }

    private Map<String, Optional<EncodedResource>> inFlightTouched() {
        return inFlight == null ? new HashMap<>() : inFlight.touched();
    }

    // Responses

    void sent(InFlight response) {
        inFlight = response;
        owesFirstAnswer = false;
        response.touched().keySet().forEach(holdings::answered);
        response.whole().ifPresent(memory::sent);
        if (response.touched().values().stream().anyMatch(Optional::isEmpty)) {
            // Until the answer says better: it may hold nothing after this.
            memory.setHeldByWildcard(type, false);
        }
    }

    void settle() {
        holdings.settle(name -> inFlight != null && inFlight.touched().containsKey(name));
    }

    // What there is to tell

    /** Takes note of how far the proxy is with what it should hold, which is what is newest. */
    void note(TypeStatus.State newest) {
        if (!started && hasWildcard()) {
            return;
        }
        if (upToDate()) {
            sentState = newest;
            acknowledgedState = newest;
            lastRefused = null;
        } else if (allSent()) {
            sentState = newest;
        }
    }

    /** Whether the proxy holds all that it is to hold; what it keeps because it still uses it does not count. */
    boolean upToDate() {
        return inFlight == null && nothingLeft(name -> false);
    }

    private boolean allSent() {
        return nothingLeft(this::wasSent);
    }

    private boolean nothingLeft(Predicate<String> done) {
        for (String name : holdings.unsettled().keySet()) {
            boolean kept = holdings.wanted(name).isEmpty()
                    && (inFlight == null || !inFlight.touched().containsKey(name));
            if (!kept && !done.test(name)) {
                return false;
            }
        }
        return !owesFirstAnswer;
    }

    private boolean wasSent(String name) {
        Optional<EncodedResource> wanted = holdings.wanted(name);
        if (inFlight != null
                && inFlight.touched().containsKey(name)
                && Held.of(inFlight.touched().getOrDefault(name, Optional.empty()))
                        .is(wanted)) {
            return true;
        }
        return wanted.isPresent() && memory.isRefused(type, name, wanted.get().version());
    }

    TypeStatus status() {
        Optional<TypeStatus.Refused> refused = acknowledgedState != null && acknowledgedState.equals(sentState)
                ? Optional.empty()
                : Optional.ofNullable(lastRefused).or(() -> memory.newestRefusal(type));
        return new TypeStatus(Optional.ofNullable(sentState), Optional.ofNullable(acknowledgedState), refused);
    }
}
