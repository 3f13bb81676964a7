package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.testkit.SeededDice;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiteralPrefixTest {

    @Test
    void ofExactPathsAndPrefixesIsTheirText() {
        assertThat(LiteralPrefix.of(new PathMatch.Exact("/a/b")).text()).isEqualTo("/a/b");
        assertThat(LiteralPrefix.of(new PathMatch.Prefix("/a")).text()).isEqualTo("/a");
    }

    @Test
    void endsBeforeWhatThePathHeaderHoldsBesidesThePath() {
        assertThat(LiteralPrefix.of(new PathMatch.Exact("/a?b")).text()).isEqualTo("/a");
        assertThat(LiteralPrefix.of(new PathMatch.Prefix("/a#b")).text()).isEqualTo("/a");
        assertThat(LiteralPrefix.ofRegex("/a\\?b")).isEqualTo("/a");
        assertThat(LiteralPrefix.ofRegex("/a#b")).isEqualTo("/a");
    }

    private static final Map<String, String> REGEXES = Map.ofEntries(
            Map.entry("/api/v1", "/api/v1"),
            Map.entry("^/api/v1$", "/api/v1"),
            Map.entry("\\A/api", "/api"),
            Map.entry("/api/.*", "/api/"),
            Map.entry("/api/v\\d+/x", "/api/v"),
            Map.entry("/a\\.b/.+", "/a.b/"),
            Map.entry("/a\\/b", "/a/b"),
            Map.entry("/ab*", "/a"),
            Map.entry("/ab?c", "/a"),
            Map.entry("/ab+c", "/ab"),
            Map.entry("/ab{0,2}", "/a"),
            Map.entry("/ab{2}", "/a"),
            Map.entry("/ab{x}/.*", "/ab{x}/"),
            Map.entry("/ab{,2}", "/ab{,2}"),
            Map.entry("/ab*?", "/a"),
            Map.entry("/a\\.?", "/a"),
            Map.entry("/a(b|c)", "/a"),
            Map.entry("(/a|/b)/c", ""),
            Map.entry("/a/x|/a/y", "/a/"),
            Map.entry("/a/x|/b/.*", "/"),
            Map.entry("/a|", ""),
            Map.entry("|/a", ""),
            Map.entry("/a|b", ""),
            Map.entry("/a(x|y)|/a(?:z|w)q", "/a"),
            Map.entry("(?i)/api", ""),
            Map.entry("/api(?i)/x", "/api"),
            Map.entry("/a(?i)*b", "/"),
            Map.entry("/a(?i)b|/ac", ""),
            Map.entry("(?i:/api)", ""),
            Map.entry("/a(?P<x>b|c)d", "/a"),
            Map.entry("[/]api", ""),
            Map.entry("/a[|(]b|/a[)]c", "/a"),
            Map.entry("/a[]|]|/a[^]|]x", "/a"),
            Map.entry("/a[[:alpha:]|]|/ab", "/a"),
            Map.entry("/a[\\]|]|/ab", "/a"),
            Map.entry("/a\\Q|(\\E|/a\\Qx", "/a"),
            Map.entry("/a\\Q.b\\E.*", "/a.b"),
            Map.entry("/a\\Q.b\\E*", "/a."),
            Map.entry("/a\\(|/a\\|", "/a"),
            Map.entry("/a\\x2fb", "/a/b"),
            Map.entry("/a\\x{2F}b", "/a/b"),
            Map.entry("/a\\057b", "/a/b"),
            Map.entry("/a\\pL", "/a"),
            Map.entry("/a\\p{Greek}|/ab", "/a"),
            Map.entry("/caf\u00e9", "/caf"),
            Map.entry("/a b", "/a"),
            Map.entry("^*/a", ""),
            Map.entry("/a^b", "/a"),
            Map.entry("/a$b", "/a"),
            Map.entry("", ""),
            Map.entry(".*", ""),
            Map.entry("\\b/a", ""));

    @Test
    void ofRegexes() {
        REGEXES.forEach((regex, expected) -> {
            Pattern.compile(regex); // it is one
            assertThat(LiteralPrefix.ofRegex(regex)).as(regex).isEqualTo(expected);
        });
    }

    @Test
    void everyMatchStartsWithIt() {
        SeededDice dice = SeededDice.roll();
        int matched = 0;
        int certain = 0;
        for (int i = 0; i < 20_000; i++) {
            String regex = RandomRegex.next(dice, 3);
            Pattern pattern;
            try {
                pattern = Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                continue;
            }
            String prefix = LiteralPrefix.ofRegex(regex);
            certain += prefix.isEmpty() ? 0 : 1;
            for (int j = 0; j < 20; j++) {
                String path = RandomRegex.text(dice, prefix);
                if (pattern.matches(path)) {
                    matched++;
                    assertThat(path).as("matched by %s", regex).startsWith(prefix);
                }
            }
        }
        assertThat(matched).as("matches seen").isGreaterThan(1_000);
        assertThat(certain).as("regexes with a literal prefix").isGreaterThan(1_000);
    }
}
