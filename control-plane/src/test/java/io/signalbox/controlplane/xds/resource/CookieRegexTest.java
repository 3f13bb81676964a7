package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.testkit.SeededDice;
import java.util.List;
import org.junit.jupiter.api.Test;

class CookieRegexTest {

    @Test
    void findsACookieAnywhereInTheHeader() {
        assertFits(
                new ValueMatch.Exact("true"),
                "c=true",
                "c=true; d=1",
                "d=1; c=true",
                "d=1;c=true;e=2",
                "d=1;\tc=true ;e");
        assertFits(new ValueMatch.Exact(""), "c=", "c=; d=1");
        assertFits(new ValueMatch.Present(true), "c=", "c=x", "d=1; c=2; e=3");
    }

    @Test
    void isNotMisledByWhatLooksAlike() {
        assertNoFit(
                new ValueMatch.Exact("true"),
                "",
                "c",
                "C=true",
                "c=TRUE",
                "xc=true",
                "x-c=true",
                "c=true1",
                "c=1true",
                "d=c=true",
                "d=1 c=true",
                "c=\"true\"",
                "c =true",
                "c= x; true");
        assertNoFit(new ValueMatch.Present(true), "", "d=c", "cc=1", "d=1, c=2");
    }

    @Test
    void takesNamesAndValuesLiterally() {
        String header = "a.b*=1+1|(2)[3]{4}^$\\";
        assertThat(Pattern.matches(CookieRegex.of("a.b*", new ValueMatch.Exact("1+1|(2)[3]{4}^$\\")), header))
                .isTrue();
        assertThat(Pattern.matches(CookieRegex.of("a.b*", new ValueMatch.Exact("x")), "axb*=x"))
                .isFalse();
    }

    @Test
    void looksAtOneValueOnly() {
        assertFits(new ValueMatch.Prefix("ab"), "c=ab", "c=abx; d=y");
        assertNoFit(new ValueMatch.Prefix("ab"), "c=xab", "c=x; d=ab");
        assertFits(new ValueMatch.Suffix("ab"), "c=ab", "c=xab; d=y", "d=y; c=xab ");
        assertNoFit(new ValueMatch.Suffix("ab"), "c=abx", "c=x; d=ab");
        assertFits(new ValueMatch.Contains("ab"), "c=ab", "c=xabx; d=y");
        assertNoFit(new ValueMatch.Contains("ab"), "c=axb", "c=x; d=ab");
        assertFits(new ValueMatch.Regex("v[12]"), "c=v1; d=1", "c=v2");
        assertNoFit(new ValueMatch.Regex("v[12]"), "c=v12", "c=v");
        assertFits(new ValueMatch.Regex("x|y"), "c=x", "d=1; c=y; e=1");
        assertFits(new ValueMatch.Regex(".*y"), "c=xy; d=1");
        for (String greedy : List.of(".*y", "[^x]*y", "[!-~ ]*y", "\\W*dy|[\\W\\w]*y", "(?s).+y", "[ -\\x{ffff}]*y")) {
            assertNoFit(new ValueMatch.Regex(greedy), "c=x; d=y");
        }
    }

    @Test
    void anchorsMeanTheEndsOfTheValue() {
        for (String anchored :
                List.of("^v1$", "\\Av1\\z", "^(?:v1|v2)$", "(^v1|^v2)", "(v1$|v2$)", "(?i)^V1$", "^v1|v2$")) {
            assertFits(new ValueMatch.Regex(anchored), "c=v1", "d=1; c=v1; e=2");
            assertNoFit(new ValueMatch.Regex(anchored), "c=xv1", "c=v1x");
        }
        assertNoFit(new ValueMatch.Regex("v^1"), "c=v1", "v=1");
        assertNoFit(new ValueMatch.Regex("v$1"), "c=v1", "v=1");
    }

    @Test
    void aRegexWithinAValueMatchesTheSameButSemicolons() {
        SeededDice dice = SeededDice.roll();
        int matched = 0;
        for (int i = 0; i < 20_000; i++) {
            String regex = RandomRegex.next(dice, 2);
            if (regex.matches(".*[$^].*|.*\\\\[AzbB].*")) {
                continue; // anchors have their own test; here the value is not at the ends of anything
            }
            Pattern whole;
            try {
                whole = Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                continue;
            }
            Pattern within = Pattern.compile(CookieRegex.withinValue(regex));
            for (int j = 0; j < 20; j++) {
                String value = RandomRegex.text(dice, "");
                boolean expected = !value.contains(";") && whole.matches(value);
                matched += expected ? 1 : 0;
                assertThat(within.matches(value))
                        .as("%s as %s on %s", regex, within.pattern(), value)
                        .isEqualTo(expected);
            }
        }
        assertThat(matched).as("matches seen").isGreaterThan(1_000);
    }

    private static void assertFits(ValueMatch value, String... headers) {
        for (String header : headers) {
            assertThat(Pattern.matches(CookieRegex.of("c", value), header))
                    .as("%s fits %s", value, header)
                    .isTrue();
        }
    }

    private static void assertNoFit(ValueMatch value, String... headers) {
        for (String header : headers) {
            assertThat(Pattern.matches(CookieRegex.of("c", value), header))
                    .as("%s fits %s", value, header)
                    .isFalse();
        }
    }
}
