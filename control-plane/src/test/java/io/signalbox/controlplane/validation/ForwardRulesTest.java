package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a route may say of the servers of a pool, and what a pool may no longer be when routes say so. */
class ForwardRulesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String POOL = "{'subsets': {'by': [['version'], ['stage', 'version']]}}";

    @Test
    void labelsAreThoseOfThePool() throws Exception {
        Config config = config(
                POOL,
                "{'pools': [{'pool': 'p', 'subset': {'version': 'v1', 'stage': 'test'}},"
                        + " {'pool': 'p', 'subset': {'version': 'v1'}}, {'pool': 'p'}]}");
        assertThat(violations(config, Kind.ROUTE, "r")).isEmpty();
        assertThat(violations(config, Kind.POOL, "p")).isEmpty();
    }

    @Test
    void otherLabelsAreRefused() throws Exception {
        String forward = "{'pools': [{'pool': 'p', 'subset': {'zone': 'a'}}]}";
        assertThat(violations(config(POOL, forward), Kind.ROUTE, "r"))
                .containsExactly("spec.action.forward.pools[0].subset: labels zone, and pool p has subsets by version;"
                        + " stage, version (expected: the labels of one set in the pool's subsets.by)");
        assertThat(violations(config("{}", forward), Kind.ROUTE, "r"))
                .containsExactly("spec.action.forward.pools[0].subset: labels zone, and pool p has no subsets"
                        + " (expected: the labels of one set in the pool's subsets.by)");
        assertThat(violations(config("{}", forward), Kind.POOL, "p"))
                .containsExactly(
                        "spec.subsets: no set of the labels that route r asks for (expected: the sets of labels"
                                + " that routes and listeners ask for)");
    }

    @Test
    void eachSetOfKeysAndEachSubsetIsNamedOnce() throws Exception {
        Config config = config(
                "{'subsets': {'by': [['a', 'b'], ['b', 'a']]}}",
                "{'pools': [{'pool': 'p', 'subset': {'a': '1', 'b': '2'}}, {'pool': 'p', 'subset': {'b': '2', 'a': '1'}}]}");
        assertThat(violations(config, Kind.POOL, "p"))
                .containsExactly("spec.subsets.by[1]: the keys of by[0] again (expected: each set of keys once)");
        assertThat(violations(config, Kind.ROUTE, "r"))
                .containsExactly("spec.action.forward.pools[1].pool: \"p\", as in pools[0] (expected: each pool once)");
    }

    @Test
    void cookiesLastWholeSecondsAndHaveAPathOnlyWhenTheyAreGiven() throws Exception {
        Config config = config(
                "{}",
                "{'pools': [{'pool': 'p'}], 'hash': [{'cookie': {'name': 'a', 'ttl': '1.5s'}},"
                        + " {'cookie': {'name': 'b', 'path': '/;'}}, {'cookie': {'name': 'c', 'ttl': '0s', 'path': '/'}}]}");
        assertThat(violations(config, Kind.ROUTE, "r"))
                .containsExactly(
                        "spec.action.forward.hash[0].cookie.ttl: 1500ms (expected: whole seconds, at most 400 days)",
                        "spec.action.forward.hash[1].cookie.path: a path, but no ttl (expected: a ttl, without which no"
                                + " cookie is given to clients)",
                        "spec.action.forward.hash[1].cookie.path: \"/;\" (expected: a path without a semicolon, which"
                                + " ends it in a cookie)");
    }

    private static Config config(String pool, String forward) throws Exception {
        return Config.of(
                1,
                List.of(
                        resource(Kind.POOL, "p", pool),
                        resource(Kind.ROUTE, "r", "{'hosts': ['*'], 'action': {'forward': " + forward + "}}")));
    }

    private static Resource<?> resource(Kind kind, String name, String spec) throws Exception {
        return Resource.written(
                Optional.empty(),
                name,
                Map.of(),
                ModelJson.fromJson(kind, JSON.readTree(spec.replace('\'', '"'))),
                1,
                Instant.EPOCH);
    }

    private static List<String> violations(Config config, Kind kind, String name) {
        return DraftValidator.validate(Config.EMPTY, config, Set.of(new ResourceKey(kind, name)), Instant.EPOCH)
                .stream()
                .map(v -> v.violation().field() + ": " + v.violation().message())
                .toList();
    }
}
