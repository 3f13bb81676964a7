package io.signalbox.conformance;

import io.signalbox.conformance.ConformanceCase.Request;
import io.signalbox.conformance.Expectation.Asked;
import io.signalbox.local.EchoRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what backends were asked, on behalf of one request of a case, with what was expected. */
final class AskedCheck {
    private final List<EchoRequest> requests;
    private final Differences differences = new Differences();

    private AskedCheck(List<EchoRequest> requests) {
        this.requests = requests;
    }

    /** Waits for what has to come, as a mirrored request may come later than the answer. */
    static List<String> differences(Request request, CaseSetting setting) {
        Asked expected = request.expect().asked();
        AskedCheck check = new AskedCheck(setting.asked(atLeast(request)));
        expected.times()
                .forEach((backend, times) -> check.differences.equal(
                        "requests to " + backend, check.of(backend).size(), times));
        double tolerance = request.expect().answered().tolerance();
        expected.share()
                .forEach((backend, percent) -> check.differences.share(
                        "requests to " + backend,
                        100.0 * check.of(backend).size() / request.times(),
                        percent,
                        tolerance));
        if (!expected.attempts().isEmpty()) {
            check.differences.equal(
                    "attempts",
                    check.requests.stream().map(EchoRequest::backend).toList(),
                    expected.attempts());
        }
        expected.seen().forEach(check::seen);
        return check.differences.of(request.label());
    }

    private static Map<String, Integer> atLeast(Request request) {
        Asked expected = request.expect().asked();
        Map<String, Integer> atLeast = new HashMap<>(expected.times());
        expected.attempts().forEach(backend -> atLeast.merge(backend, 1, Math::max));
        double tolerance = request.expect().answered().tolerance();
        expected.share()
                .forEach((backend, percent) ->
                        atLeast.put(backend, (int) Math.ceil((percent - tolerance) / 100 * request.times())));
        expected.seen().keySet().forEach(backend -> atLeast.merge(backend, 1, Math::max));
        return atLeast;
    }

    private List<EchoRequest> of(String backend) {
        return requests.stream().filter(r -> r.backend().equals(backend)).toList();
    }

    private void seen(String backend, Expectation.Upstream expected) {
        List<EchoRequest> all = of(backend);
        if (all.isEmpty()) {
            differences.add("requests to " + backend, "none", "one");
        } else {
            new SeenUpstream(all.get(all.size() - 1)).compare(expected, differences);
        }
    }
}
