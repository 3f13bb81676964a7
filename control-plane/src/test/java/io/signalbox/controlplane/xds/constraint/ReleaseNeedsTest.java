package io.signalbox.controlplane.xds.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.resource.Translator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseNeedsTest {
    private static final Release NEW = new Release(1, 39);

    private static XdsResources translated(String... templates) {
        ConfigDraft config = new ConfigDraft().http("edge", 80).http("other", 81);
        for (String template : templates) {
            config.route(RouteDraft.named("r" + template.length()).path(new PathMatch.Template(template)));
        }
        return new Translator().translate(config.compiled());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/{x}", "/a/{x}.b", "/*.b", "/{x=a/**}", "/{x=a/*}/b", "/{x}/{y}", "/a/**/b"})
    void everyReleaseKnows(String template) {
        assertThat(new ReleaseNeeds().of(translated(template))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a{x}", "/{x}b/c", "/{x}b/", "/a/b{x=**}", "/{y}/a{x}.b"})
    void needsANewerOne(String template) {
        String route = "r" + template.length();
        assertThat(new ReleaseNeeds().of(translated(template)))
                .containsExactly(
                        new ReleaseNeed(
                                ResourceType.ROUTE, "edge", Optional.of(route), "spec.match.path.template", NEW),
                        new ReleaseNeed(
                                ResourceType.ROUTE, "other", Optional.of(route), "spec.match.path.template", NEW))
                .allMatch(need -> need.resource().equals("routes/" + route))
                .allMatch(need -> !need.isMetBy(new Release(1, 38)) && need.isMetBy(NEW));
    }

    @Test
    void isFoundAgainAmongWhatIsKnownAlready() {
        ReleaseNeeds needs = new ReleaseNeeds();
        XdsResources resources = translated("/a", "/a{x}", "/a/b/c");
        assertThat(needs.of(resources)).hasSize(2).isEqualTo(needs.of(resources));
    }

    @Test
    void ofWholeResources() {
        Cluster.Builder cluster = Cluster.newBuilder().setName("shop");
        Message without = cluster.build();
        cluster.getUpstreamConfigBuilder().setName("new");
        ReleaseNeeds needs = new ReleaseNeeds(List.of(new ReleaseNeeds.Line(
                Cluster.getDescriptor(), message -> ((Cluster) message).hasUpstreamConfig(), "spec.new", NEW)));
        assertThat(needs.of(clusters(without))).isEmpty();
        assertThat(needs.of(clusters(cluster.build())))
                .containsExactly(new ReleaseNeed(ResourceType.CLUSTER, "shop", Optional.empty(), "spec.new", NEW))
                .allMatch(need -> need.resource().equals("pools/shop"));
    }

    private static XdsResources clusters(Message cluster) {
        return new XdsResources(
                1, Map.of(ResourceType.CLUSTER, new TreeMap<>(Map.of("shop", cluster))), Map.of(), Map.of());
    }

    @Test
    void releases() {
        assertThat(Release.find("1.36.4")).hasValue(new Release(1, 36));
        assertThat(Release.find("1.41.0-dev")).hasValue(new Release(1, 41));
        assertThat(Release.find("1.9")).hasValue(new Release(1, 9));
        assertThat(Release.find("")).isEmpty();
        assertThat(Release.find("2")).isEmpty();
        assertThat(new Release(1, 9)).isLessThan(new Release(1, 36)).isLessThan(new Release(2, 0));
    }
}
