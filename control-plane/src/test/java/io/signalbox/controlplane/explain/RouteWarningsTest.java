package io.signalbox.controlplane.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.explain.EdgeRequest.Arrival;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.controlplane.model.SampleRequest.NamedValue;
import io.signalbox.controlplane.validation.Warning;
import io.signalbox.controlplane.xds.resource.Translator;
import io.signalbox.routing.RouteTable;
import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** No false alarms: what a warning calls unreachable, no request of a small alphabet reaches. */
class RouteWarningsTest {
    private static final int CONFIGS = 600;
    private static final int MOST_ROUTES = 24;
    private static final List<String> HOSTS = List.of("test", "other.test", "*.test");
    private static final List<String> PATHS = List.of("/", "/a", "/a/", "/a/b", "/ab", "/b", "/A");
    private static final List<String> TEMPLATES = List.of("/a/{x}", "/{x=**}", "/a/**");
    private static final List<String> NETWORKS = List.of("192.0.2.0/24", "10.0.0.0/8");
    private static final List<Long> CHANCES = List.of(0L, 300_000L, 700_000L);
    private static final List<String> REGEXES = List.of("/a", "/a.*", ".*", "/[ab]");
    private static final List<String> VALUES = List.of("1", "2", "12", "");
    private static final List<String> FEW_VALUES = List.of("1", "2");
    private static final List<String> METHODS = List.of("GET", "POST", "HEAD");

    private final Random random = new Random(SeededDice.roll().seed());

    @Test
    void whatIsCalledUnreachableIsReachedByNoRequest() {
        List<EdgeRequest> requests = alphabet();
        Map<String, Integer> warned = new TreeMap<>();
        for (int i = 0; i < CONFIGS; i++) {
            ConfigDraft draft = draft();
            List<Warning> warnings = new RouteWarnings().of(draft.compiled());
            if (warnings.isEmpty()) {
                continue;
            }
            Set<String> reached = reached(CompiledConfig.of(draft.config(), new Translator()), requests);
            for (Warning warning : warnings) {
                warned.merge(warning.code(), 1, Integer::sum);
                // Of equal matches one may be on one host of several, and be reached on another.
                if (warning.code().equals("unreachable")) {
                    assertThat(reached)
                            .as("%s in %s", warning, draft.config().routes())
                            .doesNotContain(warning.resources().get(0).name());
                }
            }
        }
        assertThat(warned.getOrDefault("unreachable", 0))
                .as("warnings %s", warned)
                .isGreaterThan(50);
    }

    @Test
    void ofEqualMatchesOnOneHostTheSecondIsNotReached() {
        List<EdgeRequest> requests = alphabet();
        int warned = 0;
        for (int i = 0; i < CONFIGS; i++) {
            ConfigDraft draft = new ConfigDraft().http("edge", 8080);
            for (int r = 0; r < MOST_ROUTES; r++) {
                draft.route(route("r" + r).hosts("test"));
            }
            List<Warning> warnings = new RouteWarnings().of(draft.compiled());
            Set<String> reached = reached(CompiledConfig.of(draft.config(), new Translator()), requests);
            for (Warning warning : warnings) {
                warned++;
                assertThat(reached)
                        .as("%s in %s", warning, draft.config().routes())
                        .doesNotContain(warning.resources().get(0).name());
            }
        }
        assertThat(warned).isGreaterThan(50);
    }

    private ConfigDraft draft() {
        ConfigDraft draft = new ConfigDraft().http("edge", 8080).http("inner", 8081);
        int routes = 1 + random.nextInt(MOST_ROUTES);
        for (int r = 0; r < routes; r++) {
            RouteDraft route = route("r" + r).priority(random.nextInt(8) == 0 ? 1 : 0);
            String host = any(HOSTS);
            String other = any(HOSTS);
            draft.route(random.nextInt(3) > 0 || host.equals(other) ? route.hosts(host) : route.hosts(host, other));
        }
        return draft;
    }

    private RouteDraft route(String name) {
        RouteDraft route = RouteDraft.named(name);
        boolean ignoreCase = random.nextInt(4) == 0;
        switch (random.nextInt(8)) {
            case 5 -> route.path(new PathMatch.RawPrefix(any(PATHS), ignoreCase));
            case 6 -> route.path(new PathMatch.Prefix(any(PATHS), ignoreCase));
            case 7 ->
                route.path(ignoreCase ? new PathMatch.Exact(any(PATHS), true) : new PathMatch.Template(any(TEMPLATES)));
            case 0, 1 -> route.exact(any(PATHS));
            case 2, 3 -> route.prefix(any(PATHS));
            default -> route.regex(any(REGEXES));
        }
        switch (random.nextInt(5)) {
            case 0 -> route.methods("GET");
            case 1 -> route.methods("GET", "POST");
            default -> {}
        }
        if (random.nextInt(3) == 0) {
            route.header("h", value());
        }
        if (random.nextInt(5) == 0) {
            route.headerNot("h", value());
        }
        if (random.nextInt(6) == 0) {
            route.header(new HeaderMatch("h", new ValueMatch.Exact(any(VALUES)), random.nextBoolean(), true));
        }
        if (random.nextInt(6) == 0) {
            route.millionths(random.nextBoolean() ? 200_000 : 500_000);
        }
        if (random.nextInt(8) == 0) {
            route.sources(any(NETWORKS));
        }
        if (random.nextInt(4) == 0) {
            route.cookie("c", value());
        }
        if (random.nextInt(4) == 0) {
            route.query("q", value());
        }
        return route;
    }

    private ValueMatch value() {
        return switch (random.nextInt(6)) {
            case 0 -> new ValueMatch.Exact(any(List.of("1", "2")));
            case 1 -> new ValueMatch.Prefix("1");
            case 2 -> new ValueMatch.Suffix("2");
            case 3 -> new ValueMatch.Contains("1");
            case 4 -> new ValueMatch.Regex(any(List.of(".*", "[12]")));
            default -> new ValueMatch.Present(random.nextInt(3) > 0);
        };
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** As every plain listener hands them to its routes. */
    private static List<EdgeRequest> alphabet() {
        EdgePolicy listener = CompiledConfig.of(
                        new ConfigDraft().http("edge", 8080).config(), new Translator())
                .chains()
                .get(0);
        List<EdgeRequest> requests = new ArrayList<>();
        for (SampleRequest sample : samples()) {
            if (EdgeRequest.of(sample, listener) instanceof Arrival.Routed routed) {
                requests.add(routed.request());
            }
        }
        return requests;
    }

    private static List<SampleRequest> samples() {
        List<SampleRequest> requests = new ArrayList<>();
        for (String host : List.of("test", "other.test", "x.test")) {
            for (String method : METHODS) {
                for (String path : PATHS) {
                    for (Optional<String> header : orNothing(VALUES)) {
                        for (Optional<String> cookie : orNothing(FEW_VALUES)) {
                            for (Optional<String> query : orNothing(FEW_VALUES)) {
                                requests.add(request(host, method, path, header, cookie, query));
                            }
                        }
                    }
                }
            }
        }
        return requests;
    }

    private static List<Optional<String>> orNothing(List<String> values) {
        List<Optional<String>> all = new ArrayList<>(List.of(Optional.empty()));
        values.forEach(value -> all.add(Optional.of(value)));
        return all;
    }

    private static SampleRequest request(
            String host,
            String method,
            String path,
            Optional<String> header,
            Optional<String> cookie,
            Optional<String> query) {
        return new SampleRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                method,
                host,
                path + query.map(value -> "?q=" + value).orElse(""),
                header.stream().map(value -> new NamedValue("h", value)).toList(),
                cookie.stream().map(value -> new NamedValue("c", value)).toList());
    }

    /** The routes that some request comes to. */
    private static Set<String> reached(CompiledConfig config, List<EdgeRequest> requests) {
        Set<String> reached = new HashSet<>();
        for (EdgePolicy listener : config.chains()) {
            RouteTable table = config.table(listener.listener());
            for (EdgeRequest request : requests) {
                for (long chance : CHANCES) {
                    Decisions.route(table.decide(request, () -> chance)).ifPresent(reached::add);
                }
            }
        }
        return reached;
    }
}
