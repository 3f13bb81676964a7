package io.signalbox.controlplane.change;

import io.signalbox.controlplane.access.Access;
import io.signalbox.controlplane.access.Decision;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.change.Outcome.Denial;
import io.signalbox.controlplane.change.Outcome.Failure;
import io.signalbox.controlplane.change.Outcome.IndexedViolation;
import io.signalbox.controlplane.change.Outcome.Referrer;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Reference;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.validation.DraftValidator;
import io.signalbox.controlplane.validation.KeyedViolation;
import io.signalbox.controlplane.validation.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The reasons to refuse a request, in the order in which they are looked for. Pure. */
final class Refusals {
    private Refusals() {}

    /** What is wrong with the request before its effect is looked at. */
    static Optional<Outcome> ofRequest(Config config, ChangeRequest request) {
        if (request.madeFor().isPresent() && request.madeFor().getAsLong() != config.revision()) {
            return Optional.of(new Outcome.Overtaken(config.revision()));
        }
        List<IndexedViolation> repeated = repeatedKeys(request);
        if (!repeated.isEmpty()) {
            return Optional.of(new Outcome.Invalid(repeated));
        }
        for (Change change : request.changes()) {
            if (change instanceof Change.Delete && config.find(change.key()).isEmpty()) {
                return Optional.of(new Outcome.NotFound(change.key()));
            }
        }
        List<Failure> failures = request.changes().stream()
                .filter(change -> !change.precondition().holds(config.find(change.key())))
                .map(change -> new Failure(change.key(), config.find(change.key()), change.precondition()))
                .toList();
        return failures.isEmpty() ? Optional.empty() : Optional.of(new Outcome.PreconditionFailed(failures));
    }

    /** What of it the author may not do. What stays as it is takes no permission. */
    static Optional<Outcome> ofAuthor(Draft draft, Principal author) {
        List<Denial> denials = new ArrayList<>();
        for (ResourceKey key : draft.changed()) {
            Decision decision = Access.permit(
                    author, draft.before().find(key), draft.after().find(key));
            if (decision instanceof Decision.Refused refused) {
                denials.add(new Denial(key, refused));
            }
        }
        return denials.isEmpty() ? Optional.empty() : Optional.of(new Outcome.Forbidden(author, denials));
    }

    /** What is wrong with the config that would come of it. */
    static Optional<Outcome> ofDraft(Draft draft, ChangeRequest request, Instant now) {
        List<IndexedViolation> violations =
                DraftValidator.validate(draft.before(), draft.after(), draft.changed(), now).stream()
                        .map(violation -> indexed(violation, request))
                        .toList();
        if (!violations.isEmpty()) {
            return Optional.of(new Outcome.Invalid(violations));
        }
        List<Referrer> referrers = referrers(draft);
        return referrers.isEmpty() ? Optional.empty() : Optional.of(new Outcome.Referenced(referrers));
    }

    private static List<IndexedViolation> repeatedKeys(ChangeRequest request) {
        Set<ResourceKey> seen = new HashSet<>();
        List<Change> changes = request.changes();
        return IntStream.range(0, changes.size())
                .filter(i -> !seen.add(changes.get(i).key()))
                .mapToObj(i -> new IndexedViolation(
                        i,
                        new Violation(
                                "name",
                                changes.get(i).key() + " for the second time",
                                "each resource once in a set of changes")))
                .toList();
    }

    static IndexedViolation indexed(KeyedViolation found, ChangeRequest request) {
        int change = IntStream.range(0, request.changes().size())
                .filter(i -> request.changes().get(i).key().equals(found.key()))
                .findFirst()
                .orElse(0);
        return new IndexedViolation(change, found.violation());
    }

    /** Only those that the request leaves alone: what it writes itself is validated, dangling references included. */
    private static List<Referrer> referrers(Draft draft) {
        Set<ResourceKey> deleted = new HashSet<>(draft.changed());
        deleted.removeIf(key -> draft.after().find(key).isPresent());
        if (deleted.isEmpty()) {
            return List.of();
        }
        List<Referrer> referrers = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Resource<?> resource : draft.after().all(kind).values()) {
                for (Reference reference : resource.spec().references()) {
                    if (deleted.contains(reference.target())) {
                        referrers.add(new Referrer(reference.target(), resource.key(), "spec." + reference.field()));
                    }
                }
            }
        }
        return referrers;
    }
}
