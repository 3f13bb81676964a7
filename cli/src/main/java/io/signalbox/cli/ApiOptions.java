package io.signalbox.cli;

import io.signalbox.cli.rest.RestApi;
import picocli.CommandLine.Option;

/** Which control plane to talk to, and as whom. */
final class ApiOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:SIGNALBOX_URL:-http://127.0.0.1:8080}",
            description = "The control plane; SIGNALBOX_URL says it too (default: ${DEFAULT-VALUE}).")
    private String server = "";

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The API token. Better in SIGNALBOX_TOKEN, where process lists do not show it.")
    private String token = "";

    RestApi connect() {
        String effective = token.isEmpty() ? System.getenv().getOrDefault("SIGNALBOX_TOKEN", "") : token;
        if (effective.isEmpty()) {
            throw new CommandFailure("no API token (expected: --token or SIGNALBOX_TOKEN)");
        }
        return new RestApi(server, effective);
    }
}
