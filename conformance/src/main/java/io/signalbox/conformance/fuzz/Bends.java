package io.signalbox.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Changes one thing about a request that ought not to matter, or ought to. */
final class Bends {
    private final Dice dice;
    private final List<UnaryOperator<WireRequest>> all;

    Bends(Dice dice) {
        this.dice = dice;
        this.all = List.of(
                this::method,
                this::path,
                this::path,
                this::path,
                this::host,
                this::host,
                this::hostLine,
                this::headerValue,
                this::headerValue,
                this::headerLine,
                this::repeatedLine,
                this::cookie,
                this::cookie,
                this::query,
                this::query,
                this::targetForm,
                this::version,
                this::framing,
                this::special,
                this::origin);
    }

    WireRequest bend(WireRequest request) {
        return dice.of(all).apply(request);
    }

    private WireRequest method(WireRequest request) {
        return request.withMethod(dice.of(
                "get",
                "Get",
                "TRACE",
                "PROPFIND",
                "PURGE",
                "QUERY",
                "FOO",
                "G-T",
                "",
                "GET\t",
                "M-SEARCH",
                "HEAD",
                "OPTIONS",
                "LINK",
                "SEARCH"));
    }

    private WireRequest path(WireRequest request) {
        String target = request.target();
        int end = target.indexOf('?') < 0 ? target.length() : target.indexOf('?');
        String path = target.substring(0, end);
        int at = 1 + dice.below(Math.max(1, path.length()));
        String in = dice.of(
                "%2F",
                "%2f",
                "%5C",
                "\\",
                "//",
                "/./",
                "/../",
                "/..",
                "/.",
                "/%2e%2e/",
                "/%2E/",
                "%41",
                "%61",
                "%20",
                "%00",
                "%",
                "%zz",
                "%25",
                "#x",
                ";x",
                "/..;/",
                ".;/",
                "+",
                "ü",
                "%C3%BC",
                "\"",
                "<",
                "|",
                "^",
                "`",
                "{",
                "[",
                "~",
                "\u0001",
                "\u007f",
                "\t",
                "/",
                "*",
                "'",
                "%3F",
                "%23",
                "//..//",
                "/a/../../",
                "%2E%2E",
                "%252e",
                "%7E",
                "%2D",
                "/%2F",
                "\\..\\",
                ":",
                "@",
                "!",
                "$",
                "&",
                "(",
                ",",
                "=");
        String bent = dice.percent(15)
                ? path.toUpperCase(Locale.ROOT)
                : dice.percent(10)
                        ? path.substring(0, path.length() - 1)
                        : path.substring(0, Math.min(at, path.length()))
                                + in
                                + path.substring(Math.min(at, path.length()));
        return request.withTarget(bent + target.substring(end));
    }

    private WireRequest host(WireRequest request) {
        UnaryOperator<String> change = dice.of(List.of(
                h -> h + ".",
                h -> h + ":80",
                h -> h + ":8080",
                h -> h + ":",
                h -> h + ":x",
                h -> h + ":080",
                h -> h + ".:80",
                h -> h + ":99999",
                h -> h + " ",
                h -> h.toUpperCase(Locale.ROOT),
                h -> "." + h,
                h -> "x." + h,
                h -> h.replace("a", "A"),
                h -> h + ".x",
                h -> h.replace(".", ".."),
                h -> "user@" + h,
                h -> "[::1]",
                h -> "[::1]:80",
                h -> "127.0.0.1",
                h -> "",
                h -> "*",
                h -> "*." + h,
                h -> h + "/",
                h -> h + "?x",
                h -> h + "#x",
                h -> h + "%2e",
                h -> "a_" + h,
                h -> "ü." + h,
                h -> h + "," + h,
                h -> h + ";x",
                h -> "\"" + h + "\""));
        return mapLine(request, "Host", value -> change.apply(value));
    }

    private WireRequest hostLine(WireRequest request) {
        List<String> lines = new ArrayList<>(request.lines());
        switch (dice.below(6)) {
            case 0 -> lines.removeIf(line -> line.startsWith("Host:"));
            case 1 -> lines.add(dice.of("Host: b.test", "Host: a.test", "host:"));
            case 2 -> lines.add(0, "Host: b.test");
            case 3 -> lines.replaceAll(line -> line.replaceFirst("^Host:", "HOST:"));
            case 4 -> lines.replaceAll(line -> line.replaceFirst("^Host: ", "Host:"));
            default -> lines.replaceAll(line -> line.replaceFirst("^Host: ", "Host:\t "));
        }
        return request.withLines(lines);
    }

    /** Of any line but Host and those that say where the body ends. */
    private WireRequest headerValue(WireRequest request) {
        List<String> lines = new ArrayList<>(request.lines());
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).matches("(?i)(host|content-length|transfer-encoding):.*")) {
                free.add(i);
            }
        }
        if (free.isEmpty()) {
            return request.withLine(dice.of(Alphabet.HEADERS) + ": " + dice.of(Alphabet.VALUES));
        }
        int at = dice.of(free);
        UnaryOperator<String> change = dice.of(List.of(
                line -> line.replaceFirst(": ", ":"),
                line -> line.replaceFirst(": ", ":   "),
                line -> line.replaceFirst(": ", ":\t"),
                line -> line + " ",
                line -> line + "\t",
                line -> line + ",",
                line -> line + ", b",
                line -> line.replaceFirst(": .*", ":"),
                line -> line.replaceFirst(": .*", ": "),
                line -> line.toUpperCase(Locale.ROOT),
                line -> line.replaceFirst(":", " :"),
                line -> " " + line,
                line -> line + "\r\n b",
                line -> line + "ü",
                line -> line + "\u0001",
                line -> line + "\u007f",
                line -> line + "\u0000",
                line -> line + "\rx",
                line -> line.replaceFirst(": ", ": \""),
                line -> line.replace("-", "_")));
        lines.set(at, change.apply(lines.get(at)));
        return request.withLines(lines);
    }

    private WireRequest headerLine(WireRequest request) {
        return request.withLine(dice.of(
                "x-a: ",
                "x-a:",
                "x_a: a",
                "x-a",
                ": a",
                "x a: a",
                "x-\u00fc: a",
                "x-a(: a",
                "x.a: a",
                "X-A: A",
                "x-forwarded-for: 1.2.3.4",
                "x-forwarded-for: 1.2.3.4, 5.6.7.8",
                "x-forwarded-for: x",
                "x-forwarded-proto: https",
                "x-forwarded-proto: ftp",
                "x-forwarded-host: a.test",
                "x-request-id: 1",
                "x-envoy-internal: true",
                "x-envoy-external-address: 1.2.3.4",
                "x-envoy-original-path: /z",
                "x-envoy-original-host: z",
                "x-envoy-upstream-rq-timeout-ms: 1000",
                "x-envoy-max-retries: 2",
                "x-envoy-retry-on: 5xx",
                "x-envoy-decorator-operation: z",
                "x-envoy-force-trace: true",
                "x-envoy-expected-rq-timeout-ms: 7",
                "x-envoy-attempt-count: 9",
                "x-envoy-downstream-service-cluster: z",
                "forwarded: for=1.2.3.4",
                "via: 1.1 x",
                "user-agent:",
                "accept: a",
                "referer: http://a.test/",
                "date: x",
                "server: x",
                "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    }

    private WireRequest repeatedLine(WireRequest request) {
        String line = dice.of(request.lines());
        if (line.matches("(?i)(host|content-length|transfer-encoding):.*")) {
            line = dice.of(Alphabet.HEADERS) + ": " + dice.of(Alphabet.VALUES);
            request = request.withLine(line);
        }
        return request.withLine(dice.percent(50) ? line : line.replaceFirst(":.*", ": " + dice.of(Alphabet.VALUES)));
    }

    private WireRequest cookie(WireRequest request) {
        String name = dice.of(Alphabet.COOKIES);
        String value = dice.of("a", "b", "ab", "");
        String line = dice.of(
                name,
                name + "=" + value + ";",
                name + "=" + value + ";d=b",
                name + " = " + value,
                name + "=\"" + value + "\"",
                "; " + name + "=" + value,
                ";" + name + "=" + value,
                "x=" + name + "=" + value,
                "x" + name + "=" + value,
                name + "=" + value + ", d=b",
                name + "=" + value + "; " + name + "=b",
                name + "=b; " + name + "=" + value,
                "=" + value,
                name + "==" + value,
                " " + name + "=" + value + " ",
                "a b; " + name + "=" + value,
                "d=1;  " + name + "=" + value,
                name + "=" + value + " ;d=1",
                name.toUpperCase(Locale.ROOT) + "=" + value,
                "\t" + name + "=" + value,
                "d=1;\t" + name + "=" + value,
                "$Version=1; " + name + "=" + value);
        List<String> lines = new ArrayList<>(request.lines());
        if (dice.percent(60)) {
            lines.removeIf(l -> l.startsWith("Cookie:"));
        }
        lines.add((dice.percent(80) ? "Cookie: " : "cookie: ") + line);
        return request.withLines(lines);
    }

    private WireRequest query(WireRequest request) {
        String name = dice.of(Alphabet.PARAMETERS);
        String value = dice.of("a", "b", "ab", "");
        String more = dice.of(
                name,
                name + "=" + value,
                name + "=" + value + "&" + name + "=b",
                "&" + name + "=" + value,
                name + "=" + value + "&",
                ";" + name + "=" + value,
                name + "=" + value + ";p=b",
                name + "==" + value,
                "=" + value,
                name + "=%61",
                "%71=" + value,
                name + "=a+b",
                name + "=a?b",
                "?" + name + "=" + value,
                name + "=" + value + "#x",
                "#" + name + "=" + value,
                name + "=a%2Fb/../c",
                name + "[]=" + value,
                "x=1&" + name + "=" + value,
                name + "=a\\b",
                name + "=ü",
                name + "=\"",
                "x&" + name,
                "");
        String target = request.target();
        int question = target.indexOf('?');
        return request.withTarget(
                question < 0 || dice.percent(50)
                        ? (question < 0 ? target : target.substring(0, question)) + "?" + more
                        : target + "&" + more);
    }

    private WireRequest targetForm(WireRequest request) {
        String target = request.target();
        return request.withTarget(dice.of(
                "http://a.test" + target,
                "http://b.a.test:80" + target,
                "https://a.test" + target,
                "HTTP://A.TEST" + target,
                "http://a.test",
                "http://a.test?q=a",
                "http://" + target,
                "ftp://a.test" + target,
                "//a.test" + target,
                "a.test" + target,
                "a" + target,
                "*",
                "?q=a",
                "",
                "http:/a.test" + target,
                "http://user@a.test" + target,
                "http://a.test:x" + target,
                target + " x",
                " " + target,
                "http://[::1]" + target,
                "http://a.test#x",
                "/http://a.test" + target));
    }

    private WireRequest version(WireRequest request) {
        return request.withVersion(dice.of(
                "HTTP/1.0", "HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1.1 ", "HTTP/11"));
    }

    private WireRequest framing(WireRequest request) {
        WireRequest bare = request.withBody("")
                .withLines(request.lines().stream()
                        .filter(line -> !line.matches("(?i)(content-length|transfer-encoding):.*"))
                        .toList());
        return dice.oneOf(
                () -> bare.withLine("Content-Length: 0"),
                () -> bare.withLine("Content-Length: 3").withBody("abc"),
                () -> bare.withLine("Content-Length: 03").withBody("abc"),
                () -> bare.withLine("Content-Length: +3").withBody("abc"),
                () -> bare.withLine("Content-Length: 3 ").withBody("abc"),
                () -> bare.withLine("Content-Length: 3, 3").withBody("abc"),
                () -> bare.withLine("Content-Length: x").withBody("abc"),
                () -> bare.withLine("Content-Length:").withBody(""),
                () -> bare.withLine("Content-Length: 3")
                        .withLine("Content-Length: 3")
                        .withBody("abc"),
                () -> chunked(bare, "chunked", "3\r\nabc\r\n0\r\n\r\n"),
                () -> chunked(bare, "Chunked", "3\r\nabc\r\n0\r\n\r\n"),
                () -> chunked(bare, "chunked", "3;x=y\r\nabc\r\n0\r\nx-t: 1\r\n\r\n"),
                () -> chunked(bare, "chunked", "03\r\nabc\r\n00\r\n\r\n"),
                () -> chunked(bare, "chunked", "x\r\nabc\r\n0\r\n\r\n"),
                () -> chunked(bare, "gzip", ""),
                () -> chunked(bare, "identity", ""),
                () -> chunked(bare, "gzip, chunked", "0\r\n\r\n"),
                () -> chunked(bare, "chunked, chunked", "0\r\n\r\n"),
                () -> chunked(bare.withLine("Content-Length: 3"), "chunked", "3\r\nabc\r\n0\r\n\r\n"));
    }

    private static WireRequest chunked(WireRequest request, String coding, String body) {
        return request.withLine("Transfer-Encoding: " + coding).withBody(body);
    }

    private WireRequest special(WireRequest request) {
        return dice.oneOf(
                () -> request.withLine("Connection: close"),
                () -> request.withLine("Connection: Keep-Alive"),
                () -> request.withLine("Connection: close, x-a"),
                () -> request.withLine("Connection: x-a").withLine("x-a: a"),
                () -> request.withLine("Connection: cookie"),
                () -> request.withLine("Connection: host"),
                () -> request.withLine("Connection: upgrade").withLine("Upgrade: websocket"),
                () -> request.withLine("Connection: upgrade").withLine("Upgrade: h2c"),
                () -> request.withLine("Upgrade: websocket"),
                () -> request.withLine("Connection: "),
                () -> request.withLine("Keep-Alive: timeout=5"),
                () -> request.withLine("Proxy-Connection: close"),
                () -> request.withLine("Proxy-Connection: keep-alive"),
                () -> request.withLine("TE: trailers"),
                () -> request.withLine("TE: gzip"),
                () -> request.withLine("Trailer: x"),
                () -> request.withLine("Max-Forwards: 0"),
                () -> request.withLine("Proxy-Authorization: x"),
                () -> request.withLine("Expect: x"),
                () -> request.withLine("Range: bytes=0-1"),
                () -> request.withLine("If-None-Match: *"),
                () -> request.withMethod("CONNECT").withTarget("a.test:80"),
                () -> request.withMethod("OPTIONS").withTarget("*"));
    }

    private WireRequest origin(WireRequest request) {
        WireRequest crossing = request.withLine(dice.of("Origin: ", "origin:") + dice.of(Alphabet.ORIGINS));
        return dice.oneOf(
                () -> crossing,
                () -> crossing.withMethod("OPTIONS"),
                () -> crossing.withMethod("OPTIONS").withLine("Access-Control-Request-Method: GET"),
                () -> crossing.withMethod("OPTIONS").withLine("Access-Control-Request-Method: "),
                () -> crossing.withMethod("OPTIONS")
                        .withLine("Access-Control-Request-Method: PUT")
                        .withLine("Access-Control-Request-Headers: x-a"),
                () -> crossing.withLine("Access-Control-Request-Method: GET"),
                () -> crossing.withLine("Origin: https://b.test"),
                () -> request.withLine("Origin:"),
                () -> request.withMethod("OPTIONS").withLine("Access-Control-Request-Method: GET"));
    }

    private static WireRequest mapLine(WireRequest request, String name, UnaryOperator<String> change) {
        String start = name + ": ";
        return request.withLines(request.lines().stream()
                .map(line -> line.startsWith(start) ? start + change.apply(line.substring(start.length())) : line)
                .toList());
    }
}
