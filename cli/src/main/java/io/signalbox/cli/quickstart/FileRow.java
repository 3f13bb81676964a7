package io.signalbox.cli.quickstart;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A row that is a file of the scenario and checks of single requests.
 *
 * @param served whether a plane serves the file yet
 */
record FileRow(String title, String file, Probe.Question served, List<Check> checks) implements Row {
    @Override
    public Findings run(Shop shop) throws IOException, InterruptedException {
        Findings findings = new Findings(title);
        shop.applyAndProbe(shop.scenario().of(file), served, findings);
        for (Plane plane : shop.planes()) {
            check(plane, checks, findings);
        }
        return findings;
    }

    static void check(Plane plane, List<Check> checks, Findings findings) {
        try (EdgeClient client = new EdgeClient(plane)) {
            for (Check check : checks) {
                findings.add(plane, check.title(), attempt(check, client));
            }
        }
    }

    private static Optional<String> attempt(Check check, EdgeClient client) {
        try {
            return check.failure(client);
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }
}
