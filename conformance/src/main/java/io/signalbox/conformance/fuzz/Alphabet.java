package io.signalbox.conformance.fuzz;

import java.util.List;
import java.util.Map;

/** The few words that tables and requests are made of, so that they collide. */
final class Alphabet {
    static final List<String> HOSTS =
            List.of("a.test", "b.a.test", "A.test", "*.a.test", "*.test", "*.b.a.test", "a.*", "b.a.*", "*", "*");

    static final List<String> PATHS = List.of(
            "/", "/a", "/a/", "/a/b", "/a/b/", "/a/bb", "/a/b/c", "/b", "/aa", "/A", "/a.b", "/a/B", "/a%20b", "/a;b",
            "/a:b", "/a+b", "/a/b.c");

    /** Expressions and paths that they are for. */
    static final Map<String, List<String>> PATH_REGEXES = Map.ofEntries(
            Map.entry("/a", List.of("/a")),
            Map.entry("/a/.*", List.of("/a/", "/a/b", "/a/b/c")),
            Map.entry("/a(/.*)?", List.of("/a", "/a/b")),
            Map.entry("/a/[^/]+", List.of("/a/b", "/a/bb")),
            Map.entry("/(a|b)", List.of("/a", "/b")),
            Map.entry("(?i)/a/b", List.of("/a/b", "/A/b", "/a/B")),
            Map.entry("/a/b?", List.of("/a/", "/a/b")),
            Map.entry("/a+", List.of("/a", "/aa")),
            Map.entry(".*b", List.of("/b", "/a/b", "/a.b")),
            Map.entry("/a\\.b", List.of("/a.b")),
            Map.entry("/[ab]{1,2}", List.of("/a", "/aa", "/b")),
            Map.entry("^/a/b$", List.of("/a/b")),
            Map.entry("/.*\\bb", List.of("/b", "/a/b")),
            Map.entry("/\\w+", List.of("/a", "/aa")),
            Map.entry("/[[:alpha:]]/b", List.of("/a/b")));

    /** Path templates and paths that they are for. */
    static final Map<String, List<String>> TEMPLATES = Map.of(
            "/a{x}", List.of("/aa", "/ab", "/a.b"),
            "/{x}b/{y}", List.of("/ab/a", "/bb/b"),
            "/{x}", List.of("/a", "/a.b"),
            "/a/{x}", List.of("/a/b", "/a/bb"),
            "/a/**", List.of("/a/", "/a/b/c"),
            "/{x=**}", List.of("/", "/a/b"),
            "/a/{x}.c", List.of("/a/b.c"),
            "/*/{x}/", List.of("/a/b/"),
            "/{x=a/*}/c", List.of("/a/b/c"));

    static final List<String> NETWORKS = List.of("127.0.0.0/8", "127.0.0.1", "10.0.0.0/8", "::/0");

    static final List<String> METHODS = List.of("GET", "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH");

    static final List<String> HEADERS =
            List.of("x-a", "x-a", "x-b", "X-C", "accept", "user-agent", "x-forwarded-proto", "x-forwarded-for");

    static final List<String> ORIGINS = List.of("https://a.test", "http://a.test", "https://b.a.test:81", "null");

    static final List<String> COOKIES = List.of("c", "c", "d", "C");

    static final List<String> PARAMETERS = List.of("q", "q", "p", "Q", "q%20");

    static final List<String> VALUES = List.of("a", "b", "ab", "ba", "A", "aab", "a,b", "a b", "a=b", "");

    /** For cookies: blanks and commas may stand in no cookie, and are often sent. */
    static final List<String> PARTS = List.of("a", "b", "ab", "A", "=", ",");

    /** Expressions and values that they are for. */
    static final Map<String, List<String>> VALUE_REGEXES = Map.of(
            "a", List.of("a"),
            "a.*", List.of("a", "ab", "a,b"),
            ".*b", List.of("b", "ab"),
            "a|b", List.of("a", "b"),
            "(?i)a", List.of("a", "A"),
            "[^a]*", List.of("", "b"),
            "a?b?", List.of("", "a", "b", "ab"),
            "a+b", List.of("ab", "aab"),
            ".", List.of("a", "b"),
            "^a$", List.of("a"));

    private Alphabet() {}
}
