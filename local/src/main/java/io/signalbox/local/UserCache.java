package io.signalbox.local;

import java.nio.file.Path;

/** Where downloaded and unpacked programs are kept between runs. */
final class UserCache {
    private UserCache() {}

    /** {@code $XDG_CACHE_HOME/signalbox}, else {@code ~/.cache/signalbox}. */
    static Path directory() {
        String cacheHome = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        // Relative paths are to be ignored, says the XDG base directory specification.
        Path home = cacheHome.startsWith("/") ? Path.of(cacheHome) : Path.of(System.getProperty("user.home"), ".cache");
        return home.resolve("signalbox");
    }
}
