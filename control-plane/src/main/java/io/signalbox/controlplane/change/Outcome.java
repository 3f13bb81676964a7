package io.signalbox.controlplane.change;

import io.signalbox.controlplane.access.Decision;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.store.StoredAnswer;
import io.signalbox.controlplane.validation.FailedRouteTest;
import io.signalbox.controlplane.validation.Violation;
import io.signalbox.controlplane.validation.Warning;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of a {@link ChangeRequest}. Everything but {@link Applied} means that nothing was written
 * by this request. */
public sealed interface Outcome {
    /** Whether others wrote at the same moment, so that to look again and to try again is right. */
    default boolean isOvertaken() {
        return this instanceof PreconditionFailed || this instanceof NotFound || this instanceof Overtaken;
    }

    /** For logs and the history; without what resources say. */
    default String inWords() {
        if (this instanceof Invalid invalid) {
            return invalid.violations().stream()
                    .map(each ->
                            each.violation().field() + ": " + each.violation().message())
                    .collect(Collectors.joining("; "));
        } else if (this instanceof Referenced referenced) {
            return referenced.referrers().stream()
                    .map(each -> each.target() + " is referred to by " + each.referrer())
                    .collect(Collectors.joining("; "));
        }
        return getClass().getSimpleName();
    }

    private static String inWords(List<IndexedViolation> violations) {
        return violations.stream()
                .map(each -> each.violation().field() + ": " + each.violation().message())
                .collect(Collectors.joining("; "));
    }

    /**
     * @param revision the newest revision once the request is done: a new one, or where nothing changed (and in a dry
     *     run) the one there was
     * @param written one for each change, in the order of the request
     * @param after the config with the changes; of a dry run the one that does not come
     * @param preview what the request would do; there for a dry run only
     * @param warnings what the changes leave suspicious
     */
    record Applied(
            long revision, List<Written> written, Config after, Optional<Preview> preview, List<Warning> warnings)
            implements Outcome {
        public Applied {
            written = List.copyOf(written);
            warnings = List.copyOf(warnings);
        }

        public Applied(long revision, List<Written> written, Config after, Optional<Preview> preview) {
            this(revision, written, after, preview, List.of());
        }
    }

    /** The same request has been done before; here is what it was answered then. */
    record Replayed(StoredAnswer answer) implements Outcome {}

    /** The key belongs to another request. */
    record KeyReused(String key) implements Outcome {}

    /** The request was made for another config than the newest. */
    record Overtaken(long newest) implements Outcome {}

    /** The config is valid by our rules, but a proxy would refuse what comes of it. */
    record Unpublishable(List<IndexedViolation> violations) implements Outcome {
        public Unpublishable {
            violations = List.copyOf(violations);
        }
    }

    /**
     * What a request would do.
     *
     * @param before the config that it was tried on
     */
    record Preview(Config before, EnvoyDiff envoy) {}

    /** The config would not be valid. */
    record Invalid(List<IndexedViolation> violations) implements Outcome {
        public Invalid {
            violations = List.copyOf(violations);
        }
    }

    /** Somebody was faster, or the author expected another state. */
    record PreconditionFailed(List<Failure> failures) implements Outcome {
        public PreconditionFailed {
            failures = List.copyOf(failures);
        }
    }

    /** What is to be deleted is still needed by resources that the request does not touch. */
    record Referenced(List<Referrer> referrers) implements Outcome {
        public Referenced {
            referrers = List.copyOf(referrers);
        }
    }

    /** The author may not do that. */
    record Forbidden(Principal author, List<Denial> denials) implements Outcome {
        public Forbidden {
            denials = List.copyOf(denials);
        }
    }

    /** Route tests that held would fail, or ones that the request writes do. */
    record BrokenRouteTests(List<FailedRouteTest> tests) implements Outcome {
        public BrokenRouteTests {
            tests = List.copyOf(tests);
        }
    }

    /** What is to be deleted is not there. */
    record NotFound(ResourceKey key) implements Outcome {}

    /**
     * @param change the place of the change in the request, from 0
     * @param violation its field is relative to the resource: {@code spec.hosts[0]}
     */
    record IndexedViolation(int change, Violation violation) {}

    /** @param current what is there instead of what was expected */
    record Failure(ResourceKey key, Optional<Resource<?>> current, Precondition expected) {}

    record Denial(ResourceKey key, Decision.Refused why) {}

    /**
     * @param target what was to be deleted
     * @param field where the referrer names it: {@code spec.action.forward.pools[0].pool}
     */
    record Referrer(ResourceKey target, ResourceKey referrer, String field) {}
}
