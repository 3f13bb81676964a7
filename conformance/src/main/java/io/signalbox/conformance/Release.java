package io.signalbox.conformance;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A minor release of Envoy: 1.39 of {@code 1.39.3}. What Envoy does changes with these only. */
record Release(int major, int minor) implements Comparable<Release> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\.\\S*)?");
    private static final Comparator<Release> ORDER =
            Comparator.comparingInt(Release::major).thenComparingInt(Release::minor);

    /** Empty for what is no version number. */
    static Optional<Release> find(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Release(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }

    @Override
    public int compareTo(Release other) {
        return ORDER.compare(this, other);
    }
}
