package io.signalbox.dataplane.http;

import java.util.List;
import java.util.stream.Stream;

/**
 * Nasty paths and what Envoy 1.40 makes of them with {@code normalize_path}, {@code merge_slashes} and
 * {@code UNESCAPE_AND_REDIRECT}. The comparison with a real Envoy goes through the same table.
 */
public final class PathTable {
    /** @param result the path that is routed, {@code -> path} for a redirect, {@code 400} for a refusal */
    public record Row(String path, String result) {}

    private PathTable() {}

    public static Stream<Row> rows() {
        return ROWS.stream();
    }

    private static final List<Row> ROWS = List.of(
            // nothing to do
            new Row("/", "/"),
            new Row("/b/c", "/b/c"),
            new Row("/b?", "/b?"),
            new Row("/b/c;", "/b/c;"),
            new Row("/b/;/c", "/b/;/c"),
            new Row("/b/~!$&'()*+,-._:;=@", "/b/~!$&'()*+,-._:;=@"),
            new Row("/b/[x]", "/b/[x]"),
            // dot segments
            new Row("/b/./c", "/b/c"),
            new Row("/b/../c", "/c"),
            new Row("/..", "/"),
            new Row("/.", "/"),
            new Row("/../b", "/b"),
            new Row("/b/../../../c", "/c"),
            new Row("/b/.", "/b/"),
            new Row("/b/a/..", "/b/"),
            new Row("/b/a/../", "/b/"),
            new Row("/b/...", "/b/..."),
            new Row("/b/.a", "/b/.a"),
            new Row("/b/..a", "/b/..a"),
            new Row("/b/a..", "/b/a.."),
            new Row("/b/%2e%2e/c", "/c"),
            new Row("/b/%2E/c", "/b/c"),
            new Row("/b/.%2e/c", "/c"),
            new Row("/a/%2e.", "/"),
            new Row("/a/%2e%2e%2e", "/a/..."),
            new Row("/a%2e/b", "/a./b"),
            new Row("/a/b%2e%2e/c", "/a/b../c"),
            new Row("/b/%252e%252e/c", "/b/%252e%252e/c"),
            new Row("/b/a/%2e%2e?x", "/b/?x"),
            new Row("/b?/../c", "/b?/../c"),
            // dot segments with parameters
            new Row("/b/.;/c", "/b/c"),
            new Row("/b/.;x=1/c", "/b/c"),
            new Row("/b/..;/c", "/c"),
            new Row("/b/..;p/c", "/c"),
            new Row("/b/a/..;", "/b/"),
            new Row("/a/..;/..;/c", "/c"),
            new Row("/b/...;x/c", "/b/...;x/c"),
            new Row("/b/x.;/c", "/b/x.;/c"),
            new Row("/b/%2e;/c", "/b/.;/c"),
            new Row("/b/%2e%2e;x/c", "/b/..;x/c"),
            new Row("/b/%2e%3b/c", "/b/.%3b/c"),
            new Row("/b/..;a\\c", "/"),
            new Row("/a/..;b?..;c", "/?..;c"),
            // slashes
            new Row("/b//c", "/b/c"),
            new Row("//b/c", "/b/c"),
            new Row("/b/a//", "/b/a/"),
            new Row("//", "//"),
            new Row("///", "//"),
            new Row("//..//", "//"),
            new Row("/a/b//../c", "/a/b/c"),
            new Row("/a//..", "/a/"),
            new Row("/b//c?x=a//b", "/b/c?x=a//b"),
            new Row("/b\\c", "/b/c"),
            new Row("/b/a\\..\\c", "/b/c"),
            new Row("/\\a", "/a"),
            new Row("/a\\..", "/"),
            new Row("/b/c?a\\b", "/b/c?a\\b"),
            // escaped slashes
            new Row("/b%2Fc", "-> /b/c"),
            new Row("/b%5Cc", "-> /b/c"),
            new Row("/b%5c", "-> /b/"),
            new Row("/b/%2F%2F/c", "-> /b/c"),
            new Row("/b/%5C..%5cb/c", "-> /b/b/c"),
            new Row("/b/a%2F..%2Fc", "-> /b/c"),
            new Row("/b/..%2Fc/z", "-> /c/z"),
            new Row("/b/%2f?x=y", "-> /b/?x=y"),
            new Row("/b/%5c?%2f", "-> /b/?%2f"),
            new Row("/b/a%2fb%20c%41", "-> /b/a/b%20cA"),
            new Row("/b/..;a%2fb", "-> /b"),
            new Row("/b/c?x=%2F..", "/b/c?x=%2F.."),
            new Row("/b/%252F", "/b/%252F"),
            // percent-encoding
            new Row("/b/%41%7E%7e%2D%5f", "/b/A~~-_"),
            new Row("/b/%21%24%3A%3b%3F%23", "/b/%21%24%3A%3b%3F%23"),
            new Row("/b/%20%0a%7F%80%ff", "/b/%20%0a%7F%80%ff"),
            new Row("/b/%c3%a9%C3%A9", "/b/%c3%a9%C3%A9"),
            new Row("/b/\"<>^`{|}", "/b/%22%3C%3E%5E%60%7B%7C%7D"),
            new Row("/b/%", "/b/%"),
            new Row("/b/%2", "/b/%2"),
            new Row("/b/%zz", "/b/%zz"),
            new Row("/b/%2%41", "/b/%252A"),
            new Row("/b/%%34%31", "/b/%2541"),
            new Row("/b/c?%zz", "/b/c?%zz"),
            // refused
            new Row("/b/%00", "400"),
            new Row("/b/%00%2f", "400"),
            new Row("/b/c#frag", "400"),
            new Row("/b/c?x=#y", "400"),
            new Row("/.;%00", "/"));
}
