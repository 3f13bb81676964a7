package io.signalbox.controlplane.rest.body;

import java.util.regex.Pattern;

/** Field paths as users see them: {@code spec.endpoints[0].port}; empty for the body as a whole. */
public final class FieldPath {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_NAME = 64;

    private FieldPath() {}

    /** A name that is no plain word comes in brackets and quotes: {@code labels["a.b"]}. */
    public static String field(String path, String name) {
        if (!PLAIN.matcher(name).matches()) {
            String shortened = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
            return path + "[" + Found.quote(shortened) + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
