package io.signalbox.controlplane.rest.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;

/** What stands somewhere, as a violation tells it: short, unambiguous and never a secret. */
public final class Found {
    public static final String NOTHING = "nothing";
    public static final String HIDDEN = "(hidden)";

    private static final int LONGEST = 100;

    /** Not ASCII is escaped, so that look-alike and invisible characters show. */
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Found() {}

    public static String describe(JsonNode value) {
        if (value.isObject()) {
            return "an object";
        } else if (value.isArray()) {
            return value.isEmpty() ? "an empty list" : "a list of " + value.size();
        } else if (value.isTextual()) {
            // Somebody may have put a key where none belongs.
            return value.textValue().contains("PRIVATE KEY") ? HIDDEN : quote(value.textValue());
        }
        return shorten(value.asText());
    }

    /** In quotes and escaped. */
    public static String quote(String text) {
        try {
            boolean whole = text.length() <= LONGEST;
            String quoted = ASCII.writeValueAsString(TextNode.valueOf(whole ? text : text.substring(0, LONGEST)));
            return whole ? quoted : quoted.substring(0, quoted.length() - 1) + "…\"";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String shorten(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
