package io.signalbox.controlplane.app;

import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What machines ask without a token: {@code /healthz} (the process works), {@code /readyz} (the config is loaded and
 * proxies are served; the database may be away) and {@code /metrics} (Prometheus text format 0.0.4, gauges only).
 */
final class Probes {
    private final BooleanSupplier ready;
    private final SortedMap<String, LongSupplier> gauges;

    /** @param gauges by name, with the unit in the name */
    Probes(BooleanSupplier ready, SortedMap<String, LongSupplier> gauges) {
        this.ready = ready;
        this.gauges = new TreeMap<>(gauges);
    }

    void register(Environment environment) {
        serve(environment, "healthz", () -> new Answer(200, "alive\n"));
        serve(
                environment,
                "readyz",
                () -> ready.getAsBoolean() ? new Answer(200, "ready\n") : new Answer(503, "not yet\n"));
        serve(environment, "metrics", () -> new Answer(200, metrics()));
    }

    private String metrics() {
        StringBuilder text = new StringBuilder();
        gauges.forEach((name, value) -> text.append("# TYPE ")
                .append(name)
                .append(" gauge\n")
                .append(name)
                .append(' ')
                .append(value.getAsLong())
                .append('\n'));
        return text.toString();
    }

    private static void serve(Environment environment, String path, Page page) {
        environment.servlets().addServlet(path, new PageServlet(page)).addMapping("/" + path);
    }

    private record Answer(int status, String text) {}

    private interface Page {
        Answer answer();
    }

    @SuppressWarnings("serial") // servlets are serializable by an old habit; nobody does it
    private static final class PageServlet extends HttpServlet {
        private final transient Page page;

        PageServlet(Page page) {
            this.page = page;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Answer answer = page.answer();
            response.setStatus(answer.status());
            response.setContentType("text/plain; version=0.0.4; charset=utf-8");
            response.getOutputStream().write(answer.text().getBytes(StandardCharsets.UTF_8));
        }
    }
}
