package io.signalbox.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of the admin API, an OpenAPI 3.1 document; requests are checked against its schemas. */
public final class OpenApiDocument {
    private OpenApiDocument() {}

    /** The document as it is kept, in YAML. */
    public static String yaml() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is missing beside " + OpenApiDocument.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
