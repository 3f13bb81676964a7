package io.signalbox.controlplane.rest;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Regular expressions as routes may have them, and some that they may not. */
final class GeneratedRegexes {
    private GeneratedRegexes() {}

    static Arbitrary<String> regex() {
        Arbitrary<String> whole = Arbitraries.of(
                        ("a b. a* a+? [a-z]{2} \\d{0,3} \\pL \\p{Greek}+ \\PN? [^/]+ [[:alpha:]]* [\\d.-] .{1000} (a|b)+"
                                        + " (?:ab){2,} (?i)x (?P<n>a) (?:a{9}){9} a| ^a a$ \\ba \\Q*\\E \\x41 \\. \\/ (?s). (?U)a+"
                                        + " \\Aa a\\z \\a \\07 \\v \\pN{9} x{0} (?:) () [^a]")
                                .split(" ", -1))
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(pieces -> String.join("", pieces));
        return Arbitraries.frequencyOf(Tuple.of(12, whole), Tuple.of(1, pieces()));
    }

    /** Pieces of expressions one after another, some too large, some not closed. */
    private static Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "a",
                        "b",
                        ".",
                        "/",
                        "\\d",
                        "\\pL",
                        "\\p{Greek}",
                        "\\PN",
                        "[a-z]",
                        "[^/]",
                        "[[:alpha:]]",
                        "[\\d.-]",
                        "*",
                        "+",
                        "?",
                        "{2}",
                        "{0,3}",
                        "{1000}",
                        "{500,}",
                        "(a|b)",
                        "(?:ab)+",
                        "(?i)x",
                        "(?P<n>a)",
                        "(?:(?:a{9}){9}){9}",
                        "|",
                        "^",
                        "$",
                        "\\b",
                        "\\Q*\\E",
                        "\\x41",
                        "\\x{41}",
                        "\\.",
                        "\\/",
                        "*?",
                        "(",
                        ")",
                        "[",
                        "\\",
                        "\\1",
                        "(?=a)",
                        "{1001}",
                        "\\C",
                        "(?s).",
                        "(?U)a+",
                        "\\A",
                        "\\z",
                        "\\Z",
                        "\\h",
                        "\\Q",
                        "\\pX",
                        "[z-a]",
                        "a**",
                        "ü",
                        "(?:(?:.{99}){9})",
                        "\\v",
                        "\\a",
                        "\\cA",
                        "\\07",
                        "(?<n>a)",
                        "{,2}",
                        "{")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(pieces -> String.join("", pieces));
    }
}
