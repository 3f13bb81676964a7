package io.signalbox.conformance;

import io.signalbox.envoy.EnvoyBootstrap.Protocol;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is put to the test. */
public sealed interface Target {
    /** A real Envoy that the runner starts. An empty version stands for the binary that is found on this machine. */
    record Envoy(Optional<String> version, Protocol protocol) implements Target {
        @Override
        public String name() {
            return "envoy" + version.map(v -> "-" + v).orElse("") + "-"
                    + protocol.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The Java data plane, which the runner starts. */
    record Reference() implements Target {
        @Override
        public String name() {
            return "reference";
        }
    }

    /** A proxy that runs already, of a control plane that runs already. */
    record Url(URI uri) implements Target {
        @Override
        public String name() {
            return uri.getHost() + "-" + uri.getPort();
        }
    }

    /** For reports and file names. */
    String name();

    /**
     * Reads {@code reference}, {@code envoy}, {@code envoy:1.36.4}, {@code envoy:1.36.4:sotw}, {@code envoy:sotw} or
     * {@code http://HOST:PORT}. Without a protocol it is delta.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Target parse(String text) {
        if (text.equals("reference")) {
            return new Reference();
        }
        if (text.startsWith("http://")) {
            return new Url(parseUri(text));
        }
        Matcher envoy = Pattern.compile("envoy(?::(\\d+\\.\\d+\\.\\d+))?(?::(sotw|delta))?")
                .matcher(text);
        if (!envoy.matches()) {
            throw new IllegalArgumentException(
                    text + " (expected: reference, envoy, envoy:VERSION, envoy:VERSION:sotw or http://HOST:PORT)");
        }
        boolean sotw = "sotw".equals(envoy.group(2));
        return new Envoy(Optional.ofNullable(envoy.group(1)), sotw ? Protocol.SOTW : Protocol.DELTA);
    }

    private static URI parseUri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && uri.getPort() > 0) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(text + " (expected: http://HOST:PORT)", e);
        }
        throw new IllegalArgumentException(text + " (expected: http://HOST:PORT)");
    }
}
