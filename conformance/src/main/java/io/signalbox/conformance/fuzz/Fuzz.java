package io.signalbox.conformance.fuzz;

import io.signalbox.conformance.Bench;
import io.signalbox.conformance.Target;
import io.signalbox.envoy.EnvoyNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Asks two planes the same requests about the same tables. The seed decides all of it.
 *
 * @param firstTable where to begin, to look at one table of a long run again
 * @param out where cases are written to
 * @param progress is told what happens, a line or several at a time
 */
public record Fuzz(long seed, int firstTable, int tables, int requests, Path out, Consumer<String> progress) {
    /** So many of a kind are worth looking at. */
    private static final int CASES_OF_A_KIND = 2;

    /** Requests under way at once. */
    private static final int LANES = 8;

    /**
     * @param differences by kind, how many requests showed it
     * @param onPurpose by reason, how many requests showed it
     */
    public record Result(
            int requests, Map<String, Integer> differences, Map<String, Integer> onPurpose, List<Path> cases) {
        public Result {
            differences = new LinkedHashMap<>(differences);
            onPurpose = new LinkedHashMap<>(onPurpose);
            cases = List.copyOf(cases);
        }

        public boolean clean() {
            return differences.isEmpty();
        }
    }

    /**
     * @param envoy the measure
     * @param other what is measured; the two follow one control plane
     * @throws io.signalbox.local.ApiException when the control plane refuses a table, all of which are valid
     */
    public Result run(Target envoy, Target other) throws EnvoyNotFoundException, IOException {
        try (Bench bench = Bench.start(List.of(envoy, other));
                Pools pools = new Pools()) {
            List<Wire> wires = new ArrayList<>();
            try {
                for (int i = 0; i < LANES; i++) {
                    bench.httpAddresses().forEach((name, address) -> wires.add(new Wire(name, address)));
                }
                Stage stage = new Stage(bench.api(), pools, wires);
                try (Lanes lanes = new Lanes(lanes(stage, wires))) {
                    return new Run(new Planes(stage, wires.get(0), wires.get(1)), lanes).all();
                }
            } finally {
                wires.forEach(Wire::close);
            }
        }
    }

    private static List<Planes> lanes(Stage stage, List<Wire> wires) {
        List<Planes> lanes = new ArrayList<>();
        for (int i = 0; i < wires.size(); i += 2) {
            lanes.add(new Planes(stage, wires.get(i), wires.get(i + 1)));
        }
        return lanes;
    }

    private final class Run {
        private final Planes planes;
        private final Lanes lanes;
        private final Map<String, Integer> differences = new LinkedHashMap<>();
        private final Map<String, Integer> onPurpose = new LinkedHashMap<>();
        private final List<Path> cases = new ArrayList<>();

        Run(Planes planes, Lanes lanes) {
            this.planes = planes;
            this.lanes = lanes;
        }

        Result all() throws IOException {
            for (int i = firstTable; i < firstTable + tables; i++) {
                one(i);
            }
            return new Result(tables * requests, differences, onPurpose, cases);
        }

        private void one(int number) throws IOException {
            Dice dice = Dice.of(seed, number);
            Table table = new TableGenerator(dice).generate();
            RequestGenerator generator = new RequestGenerator(dice, table);
            List<WireRequest> all =
                    Stream.generate(generator::generate).limit(requests).toList();
            planes.stage().show(table);
            List<Optional<Difference>> found = lanes.compare(table, all);
            for (int i = 0; i < requests; i++) {
                if (found.get(i).isPresent()) {
                    found(number, i, found.get(i).get());
                }
            }
        }

        private void found(int table, int request, Difference difference) throws IOException {
            Optional<OnPurpose> known = OnPurpose.find(difference);
            if (known.isPresent()) {
                onPurpose.merge(known.get().reason(), 1, Integer::sum);
            } else if (differences.merge(difference.kind(), 1, Integer::sum) <= CASES_OF_A_KIND) {
                Difference smallest = Shrinker.shrink(planes, difference);
                String name = "seed-" + seed + "-table-" + table + "-request-" + request;
                cases.add(CaseWriter.write(out, name, smallest));
                progress.accept(name + "\n" + indent(smallest.describe()) + "\n"
                        + indent(smallest.request().text().replace("\r", "\\r").strip()) + "\n"
                        + indent(smallest.table().all().toString()));
                planes.stage().show(difference.table());
            }
        }

        private String indent(String text) {
            return text.lines().map(line -> "    " + line).reduce("", (a, b) -> a.isEmpty() ? b : a + "\n" + b);
        }
    }
}
