package io.signalbox.controlplane.rest;

import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * {@code /docs}: the OpenAPI document for people, by Swagger UI, all of it from this server. Without a token, as the
 * document is; who wants to try an operation gives the page one.
 */
final class DocumentationPage {
    private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
    private static final String OURS = "docs/";

    /** By the last element of the path; nothing else is served. */
    private static final Map<String, Asset> ASSETS = Map.of(
            "", new Asset(OURS + "index.html", "text/html; charset=utf-8"),
            "start.js", new Asset(OURS + "start.js", "text/javascript; charset=utf-8"),
            "swagger-ui-bundle.js", ofWebjar("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
            "swagger-ui.css", ofWebjar("swagger-ui.css", "text/css; charset=utf-8"),
            "favicon-32x32.png", ofWebjar("favicon-32x32.png", "image/png"));

    /** Swagger UI has its icons as data: URLs, and styles at elements. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** @param resource relative to this class, or absolute */
    private record Asset(String resource, String type) {}

    private static Asset ofWebjar(String name, String type) {
        return new Asset(WEBJAR + version() + "/" + name, type);
    }

    private static String version() {
        try (InputStream in = open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("Swagger UI does not say its version", e);
        }
    }

    private static InputStream open(String resource) {
        return Optional.ofNullable(DocumentationPage.class.getResourceAsStream(resource))
                .orElseThrow(() -> new IllegalStateException(resource + " is missing"));
    }

    void register(Environment environment) {
        environment.servlets().addServlet("docs", new Assets()).addMapping("/docs", "/docs/*");
    }

    @SuppressWarnings("serial") // servlets are serializable by an old habit; nobody does it
    private static final class Assets extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            @Nullable String path = request.getPathInfo();
            if (path == null) {
                response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
                response.setHeader("Location", "docs/"); // relative: right behind a proxy that adds a path, too
                return;
            }
            @Nullable Asset asset = ASSETS.get(path.substring(1));
            if (asset == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            response.setContentType(asset.type());
            response.setHeader("Content-Security-Policy", POLICY);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Referrer-Policy", "no-referrer");
            try (InputStream in = open(asset.resource())) {
                in.transferTo(response.getOutputStream());
            }
        }
    }
}
