package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteTestSpec;
import io.signalbox.controlplane.validation.FailedRouteTest;
import io.signalbox.controlplane.xds.XdsResources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Runs the route tests of successive configs. What a test said stands as long as neither the test changed nor the routes
 * that its request may take, so that a write costs what it changes. For one thread.
 */
public final class RouteTests {
    /** What a test was run on; the leaf is null where there is none. */
    private record Run(RouteTestSpec spec, List<RouteLeaves.Question> asked, Optional<FailedRouteTest> failure) {}

    private final RouteLeaves leaves = new RouteLeaves();
    private Map<String, Run> last = Map.of();

    /** Those that fail, in the order of their names. */
    public List<FailedRouteTest> failures(
            SortedMap<String, Resource<RouteTestSpec>> tests, ResolvedConfig config, XdsResources xds) {
        if (tests.isEmpty()) {
            last = Map.of();
            return List.of();
        }
        leaves.next(config, xds);
        Map<String, Run> now = new HashMap<>(2 * tests.size());
        List<FailedRouteTest> failures = new ArrayList<>();
        tests.forEach((name, test) -> {
            Run run = run(name, test.spec());
            now.put(name, run);
            run.failure.ifPresent(failures::add);
        });
        leaves.forgetUnused();
        last = now;
        return failures;
    }

    private Run run(String name, RouteTestSpec spec) {
        List<RouteLeaves.Question> asked = leaves.questions(spec.request());
        Run known = last.get(name);
        if (known != null && known.spec.equals(spec) && known.asked.equals(asked)) {
            return known;
        }
        return new Run(spec, asked, failure(name, spec, asked));
    }

    /** The first listener at which it fails is told. */
    private Optional<FailedRouteTest> failure(String name, RouteTestSpec spec, List<RouteLeaves.Question> asked) {
        String expected = Expectations.describe(spec);
        if (asked.isEmpty()) {
            return Optional.of(new FailedRouteTest(
                    name, Optional.empty(), Optional.empty(), "no listener it could arrive at", expected));
        }
        for (RouteLeaves.Question question : asked) {
            Expectations.Found found = leaves.answer(question);
            if (!Expectations.holds(spec, found)) {
                return Optional.of(new FailedRouteTest(
                        name, Optional.of(question.listener()), found.route(), found.describe(), expected));
            }
        }
        return Optional.empty();
    }
}
