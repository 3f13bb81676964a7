package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.EnvoyVerdict.Candidate;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.controlplane.xds.serve.Propagation;
import io.signalbox.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the API takes, Envoy takes, from a file and over ADS; and what it refuses though Envoy would take it, it refuses by a rule that
 * {@code docs/limits.md} lists. More configs: {@code -Dsignalbox.configs=10000 -Dsignalbox.seed=7}.
 */
class GeneratedConfigsTest {
    private static final int CONFIGS = Integer.getInteger("signalbox.configs", 250);
    private static final long SEED = Long.getLong("signalbox.seed", 42);
    private static final int BATCH = 250;

    /** Of each rule that is not listed. */
    private static final int MOST_SAMPLES = 3;

    /** Envoy never hears of what is not of the type it should be. */
    private static final Pattern WRONG_TYPE = Pattern.compile("(an object|true or false)\\b.*");

    private static final Pattern LISTED = Pattern.compile("^\\| `` ?(.*?) ?`` \\|.*");

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    Path directory;

    private final List<Candidate> accepted = new ArrayList<>();
    private final SortedMap<String, Integer> rules = new TreeMap<>();
    private final SortedMap<String, List<Candidate>> samples = new TreeMap<>();
    private int refused;
    private int beyondEnvoysWords;

    @Test
    void envoyTakesWhatTheApiTakesAndListedRulesRefuseTheRest() throws Exception {
        System.out.println("generated configs: " + CONFIGS + ", seed " + SEED);
        EnvoyVerdict envoy = new EnvoyVerdict(directory);
        Set<String> listed = listedRules();
        try (TestApi api = TestApi.start(postgres.database(), directory);
                LiveEnvoy live = new LiveEnvoy()) {
            JqwikSession.run(() -> {
                RandomGenerator<ObjectNode> generator =
                        GeneratedConfigs.configs().generator(1000);
                Random random = new Random(SEED);
                for (int i = 0; i < CONFIGS; i++) {
                    judge(api, live, generator.next(random).value(), i);
                    if (accepted.size() >= BATCH || i == CONFIGS - 1) {
                        assertThat(envoy.refused(accepted))
                                .as("accepted, and refused by Envoy; seed %d", SEED)
                                .isEmpty();
                        accepted.clear();
                    }
                }
            });
        }
        assertThat(rules).isNotEmpty();
        assertThat(CONFIGS - refused).as("accepted").isGreaterThan(CONFIGS / 4);
        Set<String> onlyOurs = new TreeSet<>();
        for (Map.Entry<String, List<Candidate>> rule : samples.entrySet()) {
            if (!listed.contains(rule.getKey())
                    && !WRONG_TYPE.matcher(rule.getKey()).matches()) {
                for (Candidate sample : rule.getValue()) {
                    if (envoy.refused(List.of(sample)).isEmpty()) {
                        onlyOurs.add(rule.getKey());
                        break;
                    }
                }
            }
        }
        System.out.printf(
                "%d accepted, %d refused by %d rules, of which %d could not be told to Envoy; %d runs of Envoy%n",
                CONFIGS - refused, refused, rules.size(), beyondEnvoysWords, envoy.runs());
        rules.forEach((rule, count) -> System.out.println("  " + count + " x " + rule));
        assertThat(onlyOurs)
                .as("refused though Envoy takes it, by a rule that docs/limits.md does not list; seed %d", SEED)
                .isEmpty();
    }

    /** By the API's own path: schema, validation, rehearsal. */
    private void judge(TestApi api, LiveEnvoy live, ObjectNode document, int number) {
        Answer answer = api.request("PUT", "/api/v1/config?dryRun=true")
                .header("If-Match", "*")
                .json(document.toString())
                .send();
        if (answer.status() == 200) {
            accepted.add(new Candidate(
                    document, EnvoyVerdict.translate(document, number).orElseThrow()));
            Propagation propagation = live.give(EnvoyVerdict.resources(document, number));
            assertThat(propagation.applied())
                    .as("%s for config %d of seed %d: %s", propagation, number, SEED, document)
                    .isTrue();
            return;
        }
        assertThat(answer.status()).as("%s", answer).isIn(400);
        refused++;
        List<Candidate> told = EnvoyVerdict.translate(document, number).stream()
                .map(resources -> new Candidate(document, resources))
                .toList();
        beyondEnvoysWords += told.isEmpty() ? 1 : 0;
        Set<String> broken = new TreeSet<>();
        for (JsonNode violation : answer.body().path("violations")) {
            broken.add(rule(violation.path("expected").asText()));
        }
        broken.forEach(rule -> rules.merge(rule, 1, Integer::sum));
        if (broken.size() == 1) { // else Envoy's word would be on several rules at once
            List<Candidate> ofRule = samples.computeIfAbsent(broken.iterator().next(), r -> new ArrayList<>());
            if (ofRule.size() < MOST_SAMPLES) {
                ofRule.addAll(told);
            }
        }
    }

    /** Without what differs from one violation of it to the next. */
    private static String rule(String expected) {
        return expected.replaceAll("of at most [0-9]+ instructions", "of at most N instructions");
    }

    /** The first column of the table of rules. */
    private static Set<String> listedRules() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "limits.md"))) {
            Matcher matcher = LISTED.matcher(line);
            if (matcher.matches()) {
                listed.add(matcher.group(1).replace("\\|", "|"));
            }
        }
        return listed;
    }
}
