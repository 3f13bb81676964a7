package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.api.OpenApiDocument;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.PrivateKeyPem;
import io.signalbox.controlplane.model.Spec;
import io.signalbox.controlplane.rest.body.RequestSchemas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiExamplesTest {
    private static final JsonNode DOCUMENT = document();
    private static final RequestSchemas SCHEMAS = new RequestSchemas(DOCUMENT);

    static JsonNode document() {
        try {
            return YAMLMapper.builder().build().readTree(OpenApiDocument.yaml());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String schema(Kind kind) {
        return Arrays.stream(kind.singular().split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static List<Arguments> examples() {
        List<Arguments> examples = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            DOCUMENT.at("/components/schemas/" + schema(kind) + "/examples")
                    .forEach(example -> examples.add(Arguments.of(kind, example)));
        }
        return examples;
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasExamples(Kind kind) {
        assertThat(DOCUMENT.at("/components/schemas/" + schema(kind) + "/examples"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreValidAndRoundTrip(Kind kind, JsonNode example) {
        assertThat(SCHEMAS.check(schema(kind), example)).isEmpty();

        Spec spec = ModelJson.fromJson(kind, example.path("spec"));
        JsonNode canonical = ModelJson.toJson(spec);
        assertThat(SCHEMAS.check(
                        schema(kind), JsonNodeFactory.instance.objectNode().set("spec", canonical)))
                .isEmpty();
        Optional<PrivateKeyPem> key = Optional.of(example.path("spec").path("privateKey"))
                .filter(JsonNode::isTextual)
                .map(text -> new PrivateKeyPem(text.asText()));
        Spec again = ModelJson.fromJson(kind, canonical, key);
        assertThat(again).isEqualTo(spec);
        assertThat(ModelJson.toJson(again)).isEqualTo(canonical);
        assertThat(canonical.toString()).doesNotContain("privateKey");
    }

    @Test
    void theExampleOfAChangesetIsValid() {
        for (JsonNode example : DOCUMENT.at("/components/schemas/Changeset/examples")) {
            assertThat(SCHEMAS.check("Changeset", example)).isEmpty();
        }
    }
}
