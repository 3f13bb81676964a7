package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Outcome.Failure;
import io.signalbox.controlplane.change.Outcome.IndexedViolation;
import io.signalbox.controlplane.change.Outcome.Referrer;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.validation.FailedRouteTest;
import io.signalbox.controlplane.validation.Violation;
import java.util.List;
import java.util.function.BiFunction;

/** Outcomes that are none: a change was not made. */
final class Refusals {
    /** Of more broken tests than these only the number is told. */
    private static final int MOST_BROKEN = 100;

    private Refusals() {}

    /** @param place puts the index of a change and a violation's field together */
    static Problem of(Outcome outcome, BiFunction<Integer, String, String> place) {
        if (outcome instanceof Outcome.Invalid invalid) {
            return Problem.invalid(placed(invalid.violations(), place));
        } else if (outcome instanceof Outcome.Unpublishable unpublishable) {
            return Problem.unpublishable(placed(unpublishable.violations(), place));
        } else if (outcome instanceof Outcome.KeyReused reused) {
            return Problem.of(
                    422,
                    "idempotency-key-reused",
                    "The idempotency key belongs to another request",
                    "A different request was made with Idempotency-Key: " + reused.key()
                            + " in the last 24 hours. Send a key of its own with each request.");
        } else if (outcome instanceof Outcome.Overtaken overtaken) {
            return configOvertaken(overtaken.newest());
        } else if (outcome instanceof Outcome.PreconditionFailed failed) {
            return preconditionFailed(failed.failures());
        } else if (outcome instanceof Outcome.Referenced referenced) {
            return referenced(referenced.referrers());
        } else if (outcome instanceof Outcome.Forbidden forbidden) {
            return Forbidden.of(forbidden);
        } else if (outcome instanceof Outcome.BrokenRouteTests broken) {
            return brokenRouteTests(broken.tests());
        } else if (outcome instanceof Outcome.NotFound notFound) {
            return notFound(notFound.key());
        }
        throw new IllegalArgumentException("not a refusal: " + outcome);
    }

    private static List<Violation> placed(
            List<IndexedViolation> violations, BiFunction<Integer, String, String> place) {
        return violations.stream()
                .map(indexed -> {
                    Violation violation = indexed.violation();
                    return new Violation(
                            place.apply(indexed.change(), violation.field()), violation.found(), violation.expected());
                })
                .toList();
    }

    static Problem configOvertaken(long newest) {
        return Problem.of(
                        412,
                        "precondition-failed",
                        "The config is not as expected",
                        "The config is at " + Answers.etag(newest))
                .withHeader("ETag", Answers.etag(newest));
    }

    static Problem notFound(ResourceKey key) {
        return Problem.notFound(key + " does not exist");
    }

    static Problem preconditionFailed(List<Failure> failures) {
        Problem problem = Problem.of(
                412,
                "precondition-failed",
                "The resource is not as expected",
                failures.size() == 1
                        ? failures.get(0).key() + " is at " + found(failures.get(0))
                        : failures.size() + " resources are not as expected");
        ArrayNode list = problem.more().putArray("failures");
        for (Failure failure : failures) {
            keyed(list.addObject(), failure.key())
                    .put("expected", Preconditions.describe(failure.expected()))
                    .put("found", found(failure));
        }
        return failures.size() == 1
                ? failures.get(0)
                        .current()
                        .map(current -> problem.withHeader("ETag", Answers.etag(current.revision())))
                        .orElse(problem)
                : problem;
    }

    private static String found(Failure failure) {
        return failure.current()
                .map(current -> Answers.etag(current.revision()))
                .orElse(Found.NOTHING);
    }

    private static Problem referenced(List<Referrer> referrers) {
        int count = referrers.size();
        Problem problem = Problem.of(
                409,
                "referenced",
                "It is still referred to",
                count == 1 ? "There is 1 reference to it." : "There are " + count + " references to it.");
        ArrayNode list = problem.more().putArray("referrers");
        for (Referrer referrer : referrers) {
            ObjectNode json = keyed(list.addObject(), referrer.referrer()).put("field", referrer.field());
            keyed(json.putObject("target"), referrer.target());
        }
        return problem;
    }

    private static Problem brokenRouteTests(List<FailedRouteTest> tests) {
        int count = tests.size();
        Problem problem = Problem.of(
                409,
                "route-tests-broken",
                "It would break route tests",
                count == 1
                        ? "It would break 1 route test."
                        : "It would break " + count + " route tests"
                                + (count > MOST_BROKEN ? ", of which the first " + MOST_BROKEN + " are listed." : "."));
        ArrayNode list = problem.more().putArray("brokenRouteTests");
        for (FailedRouteTest test : tests.subList(0, Math.min(count, MOST_BROKEN))) {
            ObjectNode json = list.addObject().put("name", test.name());
            test.listener().ifPresent(listener -> json.put("listener", listener));
            test.route().ifPresent(route -> json.put("route", route));
            json.put("found", test.found()).put("expected", test.expected());
        }
        return problem;
    }

    static ObjectNode keyed(ObjectNode json, ResourceKey key) {
        return json.put("kind", key.kind().singular()).put("name", key.name());
    }
}
