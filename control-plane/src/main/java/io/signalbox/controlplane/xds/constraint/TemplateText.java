package io.signalbox.controlplane.xds.constraint;

import java.util.regex.Pattern;

/** URI templates, as far as releases differ about them. */
final class TemplateText {
    /** Up to 1.38 a variable has its segment to itself, but for a text that ends the template. */
    private static final Pattern BESIDE_VARIABLE = Pattern.compile("[^/]\\{|}[^/{}]+/");

    private TemplateText() {}

    /** Whether a text stands before a variable in its segment, or behind it where more segments follow. */
    static boolean besideVariable(String template) {
        return BESIDE_VARIABLE.matcher(template).find();
    }
}
