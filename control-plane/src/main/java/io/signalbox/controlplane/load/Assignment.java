package io.signalbox.controlplane.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a request came to its variant of an experiment. In names and in the database lower case. */
public enum Assignment {
    /** By chance: its answer sets the visitor's cookie. */
    NEW,
    /** By the visitor's cookie. */
    KNOWN,
    /** By a cookie that somebody else set. */
    FORCED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Assignment> find(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
