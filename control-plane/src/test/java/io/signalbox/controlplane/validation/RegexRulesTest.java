package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexRulesTest {
    private static List<Violation> check(String regex) {
        List<Violation> violations = new ArrayList<>();
        RegexRules.check(regex, Findings.into(violations, "spec"));
        return violations;
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?i)\\p{Ll}", "(?si-m:a)\\PL", "a(?i:b[\\pN])"})
    void refusesUnicodeClassesThatIgnoreCase(String regex) {
        assertThat(check(regex))
                .extracting(Violation::toString)
                .singleElement()
                .asString()
                .contains("no Unicode classes (\\p, \\P) where case is ignored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\pL", "(?i)[[:alpha:]]\\\\p", "(?-i)\\pL", "(?s)\\pL", "\\(?i\\pL", "\\Q(?i)\\E\\pL"})
    void takesThemElsewhere(String regex) {
        assertThat(check(regex)).isEmpty();
        List<Violation> violations = new ArrayList<>();
        RegexRules.check(regex, true, Findings.into(violations, "spec"));
        assertThat(violations).hasSize(regex.contains("pL") ? 1 : 0);
    }

    /** Also given to Envoy, in {@link EnvoyAgreesTest}. */
    static List<String> accepted() {
        return List.of(
                "/api/v[0-9]+/.*",
                ".*(Android|iPhone).*",
                "(?i)mozilla/5\\.0 .*",
                "a{1000}",
                "(a{10}){100}",
                "((a{10}){10}){10}",
                "(/[^/]+){1,30}",
                "x{2,}",
                "x{,5}",
                "x{a}",
                "{",
                "[{}]{1000}",
                "[]a]+",
                "[^]a]+",
                "[[:alpha:]{9999}]+",
                "\\{9999}",
                "\\Q{9999}(\\E",
                "\\p{Greek}+",
                "\\pL{30}",
                "[^a]{600}[^b]{200}",
                ".{800}",
                "\\x41\\x{42}",
                "(?P<name>a)(?<other>b)",
                "|",
                "()",
                "(|a)*",
                "^a$",
                "\\Aa\\z",
                "\\bword\\b",
                "(?s:.)(?U)a+");
    }

    /** Also given to Envoy, which refuses them too. */
    static List<String> refused() {
        return List.of(
                "(",
                ")",
                "[a",
                "a**",
                "a{2}{3}",
                "*",
                "a{1001}",
                "(a{100}){11}",
                "((a{1000}){1000}){1000}",
                "(((a{10}){10}){10}){2}",
                "(?=a)",
                "(?!a)",
                "(?<=a)b",
                "(a)\\1",
                "\\Z",
                "\\p{Nonsense}",
                "a\\",
                "[b-a]",
                "(?x)a b",
                "\\u0041");
    }

    /** Envoy would take them, but not each release as the same, or only since some release. */
    private static List<String> refusedByUsOnly() {
        return List.of(
                "é",
                "[à-ü]",
                "\\xe9",
                "[\\xe9]",
                "\\x{e9}",
                "\\x{10FFFF}",
                "\\Qabc",
                "\\pL{1000}",
                "(a{1000}b{1000}){1}c{1000}",
                "\\C",
                "a\tb");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatRe2TakesIsTaken(String regex) {
        assertThat(check(regex)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({"refused", "refusedByUsOnly"})
    void whatItDoesNotTakeIsRefused(String regex) {
        assertThat(check(regex)).hasSize(1);
    }
}
