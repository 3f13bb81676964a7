package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.xds.serve.Propagation;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.PinnedEnvoys;
import io.signalbox.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every release takes what the API takes, but for what it is not sent. More configs: {@code -Dsignalbox.configs=1000
 * -Dsignalbox.seed=7}.
 */
class ReleasesTakeConfigsTest {
    private static final int CONFIGS = Integer.getInteger("signalbox.configs", 100);
    private static final long SEED = Long.getLong("signalbox.seed", 42);

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    Path directory;

    @Test
    void nothingThatIsSentIsRefused() throws Exception {
        System.out.println("configs for every release: " + CONFIGS + ", seed " + SEED);
        List<ObjectNode> documents = documents();
        documents.add(tooNewForSome());
        int withheld = 0;
        for (String release : PinnedEnvoys.releases()) {
            int here = 0;
            EnvoyBinary binary = EnvoyBinary.version(PinnedEnvoys.find(release).orElseThrow());
            try (LiveEnvoy envoy = new LiveEnvoy(binary)) {
                for (int i = 0; i < documents.size(); i++) {
                    List<Resource<?>> resources = EnvoyVerdict.resources(documents.get(i), i);
                    Propagation propagation = envoy.give(resources);
                    assertThat(envoy.isAlive())
                            .as("%s runs on with config %d of seed %d: %s", release, i, SEED, documents.get(i))
                            .isTrue();
                    assertThat(propagation.refused())
                            .as("by %s, config %d of seed %d: %s", release, i, SEED, documents.get(i))
                            .isEmpty();
                    assertThat(propagation.applied())
                            .as("%s by %s, config %d of seed %d", propagation, release, i, SEED)
                            .isEqualTo(propagation.withheld().isEmpty());
                    here += propagation.withheld().size();
                }
            }
            System.out.println(release + ": " + documents.size() + " configs, " + here + " values withheld");
            withheld += here;
        }
        assertThat(withheld).as("values that some release does not know").isPositive();
    }

    private static ObjectNode tooNewForSome() throws IOException {
        return (ObjectNode) new YAMLMapper().readTree("""
                resources:
                  - {kind: listener, name: listener-0, spec: {address: 127.0.0.1, port: 80, http: {}}}
                  - kind: route
                    name: route-0
                    spec:
                      match: {path: {template: '/v{x}/docs'}}
                      action: {respond: {status: 200}}
                """);
    }

    /** As they were generated, of which the API takes some. */
    private List<ObjectNode> documents() throws Exception {
        List<ObjectNode> documents = new ArrayList<>();
        try (TestApi api = TestApi.start(postgres.database(), directory)) {
            JqwikSession.run(() -> {
                RandomGenerator<ObjectNode> generator =
                        GeneratedConfigs.configs().generator(1000);
                Random random = new Random(SEED);
                for (int i = 0; i < CONFIGS; i++) {
                    ObjectNode document = generator.next(random).value();
                    int status = api.request("PUT", "/api/v1/config?dryRun=true")
                            .header("If-Match", "*")
                            .json(document.toString())
                            .send()
                            .status();
                    assertThat(status).isIn(Set.of(200, 400));
                    if (status == 200) {
                        documents.add(document);
                    }
                }
            });
        }
        return documents;
    }
}
