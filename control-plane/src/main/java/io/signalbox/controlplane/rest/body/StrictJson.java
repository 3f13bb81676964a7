package io.signalbox.controlplane.rest.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.validation.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON as RFC 8259 and I-JSON (RFC 7493) have it, read so that nothing is lost on the way: UTF-8 only, each key once, text
 * that Postgres can keep, a limited depth, integers as integers however they are written.
 */
public final class StrictJson {
    static final int DEEPEST = 32;

    private static final double LARGEST_EXACT = 0x1p53;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(1000)
                    .maxNestingDepth(DEEPEST + 8)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final JsonParser parser;
    private final List<Violation> violations = new ArrayList<>();

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /** @param violations what is wrong with it as JSON, although it can be read: keys given twice, broken text */
    public record Document(JsonNode json, List<Violation> violations) {
        public Document {
            violations = List.copyOf(violations);
        }
    }

    /** @throws InvalidBody when it cannot be read at all */
    public static Document parse(byte[] bytes) throws InvalidBody {
        try (JsonParser parser = FACTORY.createParser(decode(bytes))) {
            StrictJson reader = new StrictJson(parser);
            if (parser.nextToken() == null) {
                throw new InvalidBody("", Found.NOTHING, "a JSON document");
            }
            JsonNode json = reader.value("", 0);
            if (parser.nextToken() != null) {
                throw new InvalidBody("", "more after the end of the document" + at(parser), "one JSON document");
            }
            return new Document(json, reader.violations);
        } catch (JsonProcessingException e) {
            throw new InvalidBody("", reason(e) + position(e), "a JSON document");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is nothing to read from but memory
        }
    }

    private static String decode(byte[] bytes) throws InvalidBody {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidBody("", "bytes that are not UTF-8", "JSON in UTF-8");
        }
    }

    private JsonNode value(String path, int depth) throws IOException, InvalidBody {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(path, deeper(path, depth));
            case START_ARRAY -> array(path, deeper(path, depth));
            case VALUE_STRING -> text(path);
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> fraction(path);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private int deeper(String path, int depth) throws InvalidBody {
        if (depth == DEEPEST) {
            throw new InvalidBody(Found.shorten(path), "more levels" + at(parser), "at most " + DEEPEST + " levels");
        }
        return depth + 1;
    }

    private ObjectNode object(String path, int depth) throws IOException, InvalidBody {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String field = FieldPath.field(path, key);
            checkText(field, key);
            parser.nextToken();
            JsonNode value = value(field, depth);
            if (object.has(key)) {
                violations.add(new Violation(field, "the same key again", "each key once"));
            } else {
                object.set(key, value);
            }
        }
        return object;
    }

    private ArrayNode array(String path, int depth) throws IOException, InvalidBody {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(FieldPath.item(path, array.size()), depth));
        }
        return array;
    }

    private TextNode text(String path) throws IOException {
        String text = parser.getText();
        checkText(path, text);
        return NODES.textNode(text);
    }

    private void checkText(String path, String text) {
        if (text.indexOf('\0') >= 0) {
            violations.add(new Violation(path, "the character U+0000", "text without it"));
        } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            violations.add(new Violation(path, "half of a surrogate pair", "Unicode text"));
        }
    }

    private JsonNode integer() throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? NODES.numberNode(parser.getBigIntegerValue())
                : LongNode.valueOf(parser.getLongValue());
    }

    /** {@code 80.0} and {@code 8e1} are the integer 80, as for JSON Schema. */
    private JsonNode fraction(String path) throws IOException {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            violations.add(new Violation(path, Found.shorten(parser.getText()), "a number of a size that can be kept"));
        }
        boolean integral = Math.abs(value) <= LARGEST_EXACT && value == Math.rint(value);
        return integral ? LongNode.valueOf((long) value) : DoubleNode.valueOf(value);
    }

    private static String at(JsonParser parser) {
        return " at line " + parser.currentTokenLocation().getLineNr() + ", column "
                + parser.currentTokenLocation().getColumnNr();
    }

    /** Without what Jackson says of its own workings. */
    private static String reason(JsonProcessingException e) {
        return Found.shorten(e.getOriginalMessage().replaceAll(" \\((start marker|for) .*", ""));
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
