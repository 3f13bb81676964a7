package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DocumentationPageTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    @Test
    void thePageAndAllItNamesComeFromThisServerWithoutAToken() throws Exception {
        try (TestApi api = TestApi.start(POSTGRES.database(), directory)) {
            assertThat(api.anonymous("GET", "/docs").send().header("Location")).hasValue("docs/");

            Answer page = api.anonymous("GET", "/docs/").send();
            assertThat(page.header("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(page.header("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self';", "connect-src 'self'");
            List<String> names = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                    .matcher(page.response().body())
                    .results()
                    .map(MatchResult::group)
                    .map(attribute -> attribute.replaceAll(".*=\"|\"", ""))
                    .toList();
            assertThat(names).hasSize(6).noneMatch(name -> name.contains("//"));
            for (String name : names) {
                Answer asset = api.anonymous(
                                "GET", URI.create("/docs/").resolve(name).toString())
                        .send();
                assertThat(asset.status()).as(name).isEqualTo(200);
                assertThat(asset.response().body()).as(name).isNotEmpty();
            }
            assertThat(api.anonymous("GET", "/docs/start.js").send().response().body())
                    .contains("url: '../openapi.json'");
            assertThat(api.anonymous("GET", "/docs/swagger-ui-bundle.js")
                            .send()
                            .response()
                            .body())
                    .contains("SwaggerUIBundle");
            assertThat(api.anonymous("GET", "/openapi.json")
                            .send()
                            .body()
                            .path("openapi")
                            .asText())
                    .isEqualTo("3.1.0");
            Answer other = api.anonymous("GET", "/docs/swagger-ui.js").send();
            assertThat(other.status()).isEqualTo(404);
            assertThat(other.header("Content-Type")).hasValue("application/problem+json");
        }
    }
}
