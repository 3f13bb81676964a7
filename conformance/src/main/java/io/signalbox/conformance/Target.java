package io.signalbox.conformance;

import io.signalbox.envoy.EnvoyBootstrap.Protocol;
import io.signalbox.envoy.PinnedEnvoys;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
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
     * Reads {@code reference}, {@code envoy}, {@code envoy@1.36} (the newest known patch of that release), {@code
     * envoy:1.36.4}, each of the last three also with {@code :sotw} behind it, or {@code http://HOST:PORT}. Without a protocol
     * it is delta.
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
        Matcher envoy = Pattern.compile("envoy(?::(\\d+\\.\\d+\\.\\d+)|@(\\d+\\.\\d+))?(?::(sotw|delta))?")
                .matcher(text);
        if (!envoy.matches()) {
            throw new IllegalArgumentException(
                    text
                            + " (expected: reference, envoy, envoy@RELEASE, envoy:VERSION, envoy:VERSION:sotw or http://HOST:PORT)");
        }
        Optional<String> version = Optional.ofNullable(envoy.group(1))
                .or(() -> Optional.ofNullable(envoy.group(2)).map(Target::newestOf));
        return new Envoy(version, "sotw".equals(envoy.group(3)) ? Protocol.SOTW : Protocol.DELTA);
    }

    private static String newestOf(String release) {
        return PinnedEnvoys.find(release)
                .orElseThrow(() -> new IllegalArgumentException(
                        "envoy@" + release + " (expected: one of the releases " + PinnedEnvoys.releases() + ")"));
    }

    /** Every supported Envoy release, state of the world and delta, and the Java data plane. */
    static List<Target> everyRelease() {
        List<Target> all = new ArrayList<>();
        for (String release : PinnedEnvoys.releases()) {
            all.add(parse("envoy@" + release + ":sotw"));
            all.add(parse("envoy@" + release));
        }
        all.add(new Reference());
        return List.copyOf(all);
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
