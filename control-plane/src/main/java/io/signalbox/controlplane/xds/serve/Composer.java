package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.publish.EncodedResource;
import io.signalbox.controlplane.xds.publish.TypeSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the next response of one type: all that is due, that may go now, and that the proxy has not refused. */
final class Composer {
    private final TypeStream stream;
    private final Holdings holdings;
    private final Gates gates;
    private final SortedMap<String, Optional<EncodedResource>> due = new TreeMap<>();
    private final List<EncodedResource> suspected = new ArrayList<>();
    private final List<String> unanswerable = new ArrayList<>();

    /** @param state of the type, for the record */
    static Optional<InFlight> compose(TypeStream stream, Gates gates, String nonce, TypeStatus.State state) {
        if (!stream.started() || stream.inFlight().isPresent()) {
            return Optional.empty();
        }
        Composer composer = new Composer(stream, gates);
        composer.collect();
        composer.unanswerable.forEach(stream.holdings()::answered);
        if (composer.due.isEmpty() && !stream.owesFirstAnswer()) {
            return Optional.empty();
        }
        return Optional.of(
                stream.stateOfTheWorld() ? composer.wholeState(nonce, state) : composer.changes(nonce, state));
    }

    private Composer(TypeStream stream, Gates gates) {
        this.stream = stream;
        this.holdings = stream.holdings();
        this.gates = gates;
    }

    private void collect() {
        holdings.unsettled().forEach(this::collect);
        if (due.isEmpty() && !stream.owesFirstAnswer() && !suspected.isEmpty()) {
            due.put(suspected.get(0).name(), Optional.of(suspected.get(0)));
        }
    }

    private void collect(String name, Held held) {
        Optional<EncodedResource> wanted = holdings.wanted(name);
        if (wanted.isPresent()) {
            collectWanted(wanted.get(), held);
        } else if (mayRemove(name, held) && gates.mayRemove(stream.type(), name)) {
            due.put(name, Optional.empty());
        } else if (holdings.owes(name)) {
            gates.findSubstitute(stream.type(), name)
                    .filter(resource -> !isRefused(resource))
                    .ifPresentOrElse(resource -> due.put(name, Optional.of(resource)), () -> cancelUnanswerable(name));
        }
    }

    /** In state of the world there is no way to say that a resource does not exist. */
    private void cancelUnanswerable(String name) {
        if (!stream.delta() && !stream.stateOfTheWorld()) {
            unanswerable.add(name);
        }
    }

    private void collectWanted(EncodedResource wanted, Held held) {
        boolean owed = holdings.owes(wanted.name());
        if (isRefused(wanted) && held == Held.RESIDUE) {
            due.put(wanted.name(), Optional.empty());
        } else if (isRefused(wanted)) {
            // An answer is due all the same, and what the proxy holds already cannot be wrong.
            held.content()
                    .filter(resource -> owed && !isRefused(resource))
                    .ifPresent(resource -> due.put(resource.name(), Optional.of(resource)));
        } else if ((owed || !held.is(Optional.of(wanted))) && gates.maySend(stream.type(), wanted)) {
            if (stream.suspects().contains(wanted)) {
                suspected.add(wanted);
            } else {
                due.put(wanted.name(), Optional.of(wanted));
            }
        }
    }

    private boolean isRefused(EncodedResource resource) {
        return stream.memory().isRefused(stream.type(), resource.name(), resource.version());
    }

    /** Only delta can say that there is no such resource; the state of the world says it by leaving it out. */
    private boolean mayRemove(String name, Held held) {
        if (stream.memory().isRefused(stream.type(), name, NodeMemory.REMOVAL)) {
            return false;
        }
        return stream.delta() ? held != Held.NOTHING || holdings.owes(name) : stream.stateOfTheWorld();
    }

    private InFlight changes(String nonce, TypeStatus.State state) {
        List<EncodedResource> resources = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        due.forEach((name, resource) -> resource.ifPresentOrElse(resources::add, () -> removed.add(name)));
        Push push = new Push(
                stream.type(), nonce, holdings.target().version(), List.copyOf(resources), List.copyOf(removed));
        return new InFlight(push, due, changed(), Optional.empty(), state);
    }

    /** What is not due now stays as the proxy has it, for what is left out is removed. */
    private InFlight wholeState(String nonce, TypeStatus.State state) {
        holdings.unsettled().forEach((name, held) -> due.computeIfAbsent(name, n -> kept(n, held)));
        TypeSnapshot whole = isAllThatIsWanted() ? holdings.target() : TypeSnapshot.of(stream.type(), resources());
        Push push = new Push(stream.type(), nonce, whole.version(), whole.resources(), List.of());
        return new InFlight(push, due, changed(), Optional.of(whole), state);
    }

    private boolean isAllThatIsWanted() {
        return stream.subscription().wildcard()
                && due.entrySet().stream().allMatch(e -> Held.of(e.getValue()).is(holdings.wanted(e.getKey())));
    }

    private Optional<EncodedResource> kept(String name, Held held) {
        // Of something unknown we have no bytes; what is wanted comes closest to it, even if it was refused: left out,
        // the resource would be removed.
        return held instanceof Held.Unknown ? holdings.wanted(name) : held.content();
    }

    private Collection<EncodedResource> resources() {
        List<EncodedResource> resources = new ArrayList<>();
        for (EncodedResource resource : holdings.target().resources()) {
            if (stream.covers(resource.name()) && !due.containsKey(resource.name())) {
                resources.add(resource);
            }
        }
        due.values().forEach(resource -> resource.ifPresent(resources::add));
        return resources;
    }

    private Set<String> changed() {
        Set<String> changed = new HashSet<>();
        for (Map.Entry<String, Optional<EncodedResource>> e : due.entrySet()) {
            Held held = stream.held(e.getKey());
            boolean nothing = held == Held.RESIDUE && e.getValue().isEmpty();
            if (!nothing && !held.is(e.getValue())) {
                changed.add(e.getKey());
            }
        }
        return changed;
    }
}
