package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.controlplane.model.SampleRequest.NamedValue;
import io.signalbox.controlplane.validation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The request that a pasted curl command makes. Knows the options that shape the request line and headers, and those that
 * say nothing of it; any other is refused, as it might. Adds the {@code accept} and {@code user-agent} that curl sends
 * unasked. Reads no files ({@code -d @file}). For one use.
 */
public final class CurlLine {
    private static final String FIELD = "curl";
    private static final Pattern URL = Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*)://)?([^/?#]+)([^#]*)(?:#.*)?");

    private static final Map<Character, String> SHORT = Map.ofEntries(
            Map.entry('X', "request"),
            Map.entry('H', "header"),
            Map.entry('b', "cookie"),
            Map.entry('d', "data"),
            Map.entry('I', "head"),
            Map.entry('A', "user-agent"),
            Map.entry('e', "referer"),
            Map.entry('u', "user"),
            Map.entry('G', "get"),
            Map.entry('k', "insecure"),
            Map.entry('s', "silent"),
            Map.entry('S', "show-error"),
            Map.entry('i', "include"),
            Map.entry('v', "verbose"),
            Map.entry('L', "location"),
            Map.entry('f', "fail"),
            Map.entry('g', "globoff"),
            Map.entry('N', "no-buffer"),
            Map.entry('4', "ipv4"),
            Map.entry('6', "ipv6"),
            Map.entry('o', "output"),
            Map.entry('w', "write-out"),
            Map.entry('m', "max-time"),
            Map.entry('D', "dump-header"),
            Map.entry('c', "cookie-jar"));

    private static final Set<String> VALUED_AND_IDLE = Set.of(
            "output",
            "write-out",
            "max-time",
            "connect-timeout",
            "resolve",
            "connect-to",
            "cacert",
            "capath",
            "dump-header",
            "cookie-jar",
            "retry",
            "interface");

    private static final Set<String> IDLE = Set.of(
            "insecure",
            "silent",
            "show-error",
            "include",
            "verbose",
            "location",
            "fail",
            "globoff",
            "no-buffer",
            "ipv4",
            "ipv6",
            "http1.1",
            "no-progress-meter",
            "path-as-is",
            "tlsv1.2",
            "tlsv1.3");

    private static final Set<String> DATA = Set.of("data", "data-raw", "data-binary", "data-ascii", "json");

    private final List<NamedValue> headers = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final List<String> cookies = new ArrayList<>();
    private final List<String> data = new ArrayList<>();
    private Optional<String> method = Optional.empty();
    private Optional<String> host = Optional.empty();
    private Optional<String> url = Optional.empty();
    private boolean head;
    private boolean get;
    private boolean json;

    private CurlLine() {}

    /**
     * @param listener where the request is to arrive; a curl command names none
     * @throws UnfitRequest naming what it does not understand
     */
    public static SampleRequest parse(String line, Optional<String> listener) throws UnfitRequest {
        Deque<String> words = new ArrayDeque<>(ShellWords.split(line, FIELD));
        if (!"curl".equals(words.peekFirst())) {
            throw wrong(words.isEmpty() ? "nothing" : words.getFirst(), "a command that begins with curl");
        }
        words.removeFirst();
        CurlLine curl = new CurlLine();
        while (!words.isEmpty()) {
            curl.word(words.removeFirst(), words);
        }
        return curl.request(listener);
    }

    private static UnfitRequest wrong(String found, String expected) {
        String shortened = found.length() > 100 ? found.substring(0, 100) + "…" : found;
        return new UnfitRequest(new Violation(FIELD, shortened, expected));
    }

    private void word(String word, Deque<String> rest) throws UnfitRequest {
        if (word.startsWith("--") && word.length() > 2) {
            option(word.substring(2), word, rest);
        } else if (word.startsWith("-") && word.length() > 1) {
            shortOptions(word, rest);
        } else {
            setUrl(word);
        }
    }

    /** {@code -sSXPOST}: several in one word, the value of the last one in it or in the next. */
    private void shortOptions(String word, Deque<String> rest) throws UnfitRequest {
        for (int i = 1; i < word.length(); i++) {
            String name = SHORT.get(word.charAt(i));
            if (name == null) {
                throw wrong("the option -" + word.charAt(i), "options that are known here");
            } else if (takesValue(name)) {
                if (i + 1 < word.length()) {
                    rest.addFirst(word.substring(i + 1));
                }
                option(name, "-" + word.charAt(i), rest);
                return;
            }
            option(name, "-" + word.charAt(i), rest);
        }
    }

    private static boolean takesValue(String name) {
        return VALUED_AND_IDLE.contains(name)
                || DATA.contains(name)
                || Set.of("request", "header", "cookie", "user-agent", "referer", "user", "url")
                        .contains(name);
    }

    private void option(String name, String written, Deque<String> rest) throws UnfitRequest {
        if (takesValue(name) && rest.isEmpty()) {
            throw wrong("the option " + written + " without a value", "a value after it");
        }
        String value = takesValue(name) ? rest.removeFirst() : "";
        switch (name) {
            case "request" -> method = Optional.of(value);
            case "header" -> header(value);
            case "cookie" -> cookie(value);
            case "user-agent" -> header("user-agent: " + value);
            case "referer" -> header("referer: " + value);
            case "user" ->
                header("authorization: Basic "
                        + java.util.Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
            case "url" -> setUrl(value);
            case "head" -> head = true;
            case "get" -> get = true;
            default -> other(name, written, value);
        }
    }

    private void other(String name, String written, String value) throws UnfitRequest {
        if (DATA.contains(name)) {
            if (value.startsWith("@") && !name.equals("data-raw")) {
                throw wrong("the option " + written + " with a file", "the data itself");
            }
            json |= name.equals("json");
            data.add(value);
        } else if (!IDLE.contains(name) && !VALUED_AND_IDLE.contains(name)) {
            throw wrong("the option " + written, "options that are known here");
        }
    }

    /** {@code name: value}; {@code name;} for an empty value, {@code name:} for none of what curl itself would send. */
    private void header(String line) throws UnfitRequest {
        int colon = line.indexOf(':');
        boolean empty = colon < 0 && line.endsWith(";");
        if (colon <= 0 && !empty) {
            throw wrong("the header " + line, "name: value");
        }
        String name = (empty ? line.substring(0, line.length() - 1) : line.substring(0, colon))
                .strip()
                .toLowerCase(Locale.ROOT);
        String value = empty ? "" : line.substring(colon + 1).strip();
        if (value.isEmpty() && !empty) {
            removed.add(name);
        } else if (name.equals("host")) {
            host = Optional.of(value);
        } else {
            headers.add(new NamedValue(name, value));
        }
    }

    private void cookie(String value) throws UnfitRequest {
        if (!value.contains("=")) {
            throw wrong("the option -b with a file", "name=value");
        }
        cookies.add(value);
    }

    private void setUrl(String word) throws UnfitRequest {
        if (url.isPresent()) {
            throw wrong("a second URL, " + word, "one URL");
        }
        url = Optional.of(word);
    }

    private SampleRequest request(Optional<String> listener) throws UnfitRequest {
        Matcher parts = URL.matcher(url.orElseThrow(() -> wrong("no URL", "a URL such as https://shop.example.com/")));
        if (!parts.matches()) {
            throw wrong(url.orElse(""), "a URL such as https://shop.example.com/");
        }
        String scheme = Optional.ofNullable(parts.group(1)).orElse("http").toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw wrong(scheme + "://", "http:// or https://");
        }
        String authority = parts.group(2).substring(parts.group(2).lastIndexOf('@') + 1);
        String target = parts.group(3);
        String path = target.startsWith("/") ? target : "/" + target;
        if (get && !data.isEmpty()) {
            path += (path.contains("?") ? "&" : "?") + String.join("&", data);
        }
        addOwnHeaders();
        return new SampleRequest(
                listener,
                Optional.empty(),
                Optional.of(scheme),
                verb(),
                host.orElse(withoutDefaultPort(authority, scheme)),
                path,
                headers,
                List.of());
    }

    private static String withoutDefaultPort(String authority, String scheme) {
        String port = scheme.equals("https") ? ":443" : ":80";
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    private String verb() {
        return method.orElse(head ? "HEAD" : data.isEmpty() || get ? "GET" : "POST");
    }

    private void addOwnHeaders() {
        if (!cookies.isEmpty()) {
            headers.add(new NamedValue("cookie", String.join("; ", cookies)));
        }
        if (!data.isEmpty() && !get) {
            String body = String.join(json ? "" : "&", data);
            addUnlessGiven("content-length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
            addUnlessGiven("content-type", json ? "application/json" : "application/x-www-form-urlencoded");
        }
        addUnlessGiven("accept", json ? "application/json" : "*/*");
        addUnlessGiven("user-agent", "curl/8.0.0");
    }

    private void addUnlessGiven(String name, String value) {
        if (!removed.contains(name)
                && headers.stream().noneMatch(header -> header.name().equals(name))) {
            headers.add(new NamedValue(name, value));
        }
    }
}
