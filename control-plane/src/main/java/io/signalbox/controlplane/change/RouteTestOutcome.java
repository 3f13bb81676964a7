package io.signalbox.controlplane.change;

import io.signalbox.controlplane.access.Access;
import io.signalbox.controlplane.access.Decision;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Rehearsal.Findings;
import io.signalbox.controlplane.validation.FailedRouteTest;
import io.signalbox.controlplane.validation.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the route tests say of a draft. A test is broken by it when it fails and did not before, or is written by it. One
 * that failed before, because somebody overrode it, stands in nobody's way and is warned of.
 */
record RouteTestOutcome(List<FailedRouteTest> broken, Findings findings) {
    /** Of more tests than these only the number goes into the history. */
    private static final int MOST_NAMED = 10;

    static RouteTestOutcome of(Draft draft, Findings findings) {
        List<FailedRouteTest> broken = findings.failed().stream()
                .filter(test -> !findings.failedBefore().contains(test.name())
                        || draft.changed().contains(test.key()))
                .toList();
        return new RouteTestOutcome(broken, findings);
    }

    /** Who overrides must be an admin; what Signalbox does by itself, a revert above all, is not stopped by tests. */
    Optional<Outcome> refusal(ChangeRequest request) {
        if (broken.isEmpty() || request.author().equals(Principal.SIGNALBOX)) {
            return Optional.empty();
        } else if (!request.overrideRouteTests()) {
            return Optional.of(new Outcome.BrokenRouteTests(broken));
        }
        return Access.permit(request.author(), Role.ADMIN) instanceof Decision.Refused refused
                ? Optional.of(new Outcome.Forbidden(
                        request.author(),
                        broken.stream()
                                .map(test -> new Outcome.Denial(test.key(), refused))
                                .toList()))
                : Optional.empty();
    }

    /** With the tests that were overridden, so that the history shows them. */
    Optional<String> reason(ChangeRequest request) {
        if (broken.isEmpty()) {
            return request.reason();
        }
        String names =
                broken.stream().limit(MOST_NAMED).map(FailedRouteTest::name).collect(Collectors.joining(", "));
        String more = broken.size() > MOST_NAMED ? " and " + (broken.size() - MOST_NAMED) + " more" : "";
        return Optional.of((request.reason().orElse("") + " [overrides route tests: " + names + more + "]").strip());
    }

    /** What the change leaves suspicious: all that names what it wrote, and each test that fails. */
    List<Warning> warnings(Draft draft) {
        List<Warning> warnings = new ArrayList<>(findings.warnings().stream()
                .filter(warning -> warning.resources().stream().anyMatch(draft.changed()::contains))
                .toList());
        findings.failed().forEach(test -> warnings.add(test.warning()));
        return List.copyOf(warnings);
    }
}
