package io.signalbox.benchmarks;

import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.ClientCookieEncoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client of one host remembers of the cookies that answers set. One thread at a time. */
interface CookieJar {
    /** What to send as {@code Cookie}, if anything. */
    Optional<String> forRequest(URI uri) throws IOException;

    /** @param setCookies the answer's {@code Set-Cookie} lines */
    void keep(URI uri, List<String> setCookies) throws IOException;

    /** As browsers do it (RFC 6265, section 5): by name and path, for as long as {@code Max-Age} says, values as they are. */
    final class OfBrowser implements CookieJar {
        private final InstantSource clock;
        private final Map<Key, Kept> kept = new LinkedHashMap<>();

        OfBrowser(InstantSource clock) {
            this.clock = clock;
        }

        private record Key(String name, String path) {
            private boolean isFor(String asked) {
                return asked.equals(path) || asked.startsWith(path.endsWith("/") ? path : path + "/");
            }
        }

        private record Kept(Cookie cookie, Optional<Instant> end) {}

        @Override
        public Optional<String> forRequest(URI uri) {
            Instant now = clock.instant();
            kept.values()
                    .removeIf(one -> one.end.filter(end -> !now.isBefore(end)).isPresent());
            List<Cookie> fitting = kept.entrySet().stream()
                    .filter(one -> one.getKey().isFor(uri.getPath()))
                    .map(one -> one.getValue().cookie)
                    .toList();
            return Optional.ofNullable(ClientCookieEncoder.STRICT.encode(fitting));
        }

        @Override
        public void keep(URI uri, List<String> setCookies) throws IOException {
            for (String line : setCookies) {
                Cookie cookie = ClientCookieDecoder.STRICT.decode(line);
                if (cookie == null) {
                    throw new IOException("no cookie: " + line);
                }
                boolean ends = cookie.maxAge() != Cookie.UNDEFINED_MAX_AGE;
                kept.put(
                        new Key(
                                cookie.name(),
                                Optional.ofNullable(cookie.path()).orElseGet(() -> directory(uri))),
                        new Kept(
                                cookie,
                                ends ? Optional.of(clock.instant().plusSeconds(cookie.maxAge())) : Optional.empty()));
            }
        }

        /** Where a cookie belongs that names no path. */
        private static String directory(URI uri) {
            String path = uri.getPath();
            return path.substring(0, Math.max(1, path.lastIndexOf('/')));
        }
    }

    /**
     * As programs do it that have the JDK's. It takes a cookie with {@code Max-Age} for one of RFC 2109, and writes it so:
     * {@code $Version="1"; name="value";$Path="/"}.
     */
    final class OfJdk implements CookieJar {
        private final CookieManager manager = new CookieManager();

        @Override
        public Optional<String> forRequest(URI uri) throws IOException {
            List<String> cookies = manager.get(uri, Map.of()).getOrDefault("Cookie", List.of());
            return cookies.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", cookies));
        }

        @Override
        public void keep(URI uri, List<String> setCookies) throws IOException {
            manager.put(uri, Map.of("Set-Cookie", setCookies));
        }
    }
}
