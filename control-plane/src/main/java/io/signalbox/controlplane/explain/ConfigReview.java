package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.compile.Compiler;
import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.validation.FailedRouteTest;
import io.signalbox.controlplane.validation.Warning;
import io.signalbox.controlplane.xds.resource.Translator;
import java.util.ArrayList;
import java.util.List;

/** All that is suspicious in a config. Any thread; remembers what it can for the next config. */
public final class ConfigReview {
    private final Translator translator = new Translator();
    private final RouteWarnings routes = new RouteWarnings();
    private final RouteTests tests = new RouteTests();

    public synchronized List<Warning> warnings(Config config) {
        ResolvedConfig resolved = Compiler.compile(config);
        List<Warning> warnings = new ArrayList<>(routes.of(resolved));
        warnings.addAll(HashWarnings.of(config));
        if (!config.routeTests().isEmpty()) {
            tests.failures(config.routeTests(), resolved, translator.translate(resolved)).stream()
                    .map(FailedRouteTest::warning)
                    .forEach(warnings::add);
        }
        return List.copyOf(warnings);
    }
}
