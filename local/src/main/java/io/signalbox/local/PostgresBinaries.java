package io.signalbox.local;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Zonky's Postgres archive, unpacked once into the user's cache directory. We start the server ourselves and not through
 * Zonky's {@code EmbeddedPostgres}: it has to outlive stops and starts on the same port, to be found again after a
 * crash of the JVM, and to be a child that we hold a handle of.
 */
final class PostgresBinaries {
    // File locks are held by the JVM as a whole; this keeps its threads apart.
    private static final Object THREADS = new Object();

    private final Path directory;

    private PostgresBinaries(Path directory) {
        this.directory = directory;
    }

    Path initdb() {
        return directory.resolve("bin/initdb");
    }

    Path postgres() {
        return directory.resolve("bin/postgres");
    }

    static PostgresBinaries unpacked() throws IOException {
        String hash;
        try (InputStream archive = archive()) {
            hash = DigestUtils.sha256Hex(archive).substring(0, 16);
        }
        Path cache = UserCache.directory().resolve("postgres");
        Path target = cache.resolve(hash);
        if (!Files.exists(target)) {
            Files.createDirectories(cache);
            synchronized (THREADS) {
                unpackLocked(cache, target, hash);
            }
        }
        return new PostgresBinaries(target);
    }

    private static void unpackLocked(Path cache, Path target, String hash) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        cache.resolve(hash + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(target)) {
                Path work = Files.createTempDirectory(cache, hash + ".part-");
                // Another user may have to read it: a server that is started by root runs as somebody else.
                Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
                unpack(work);
                Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static InputStream archive() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux") ? "Linux" : "other";
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        try {
            return new BufferedInputStream(DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine));
        } catch (IllegalStateException e) {
            throw new IOException("no embedded Postgres for " + system + " on " + machine, e);
        }
    }

    private static void unpack(Path into) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(archive()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = into.resolve(entry.getName()).normalize();
                if (!path.startsWith(into)) {
                    throw new IOException("the archive wants to write outside of itself: " + entry.getName());
                }
                write(tar, entry, path);
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, path);
            boolean executable = (entry.getMode() & 0100) != 0;
            Set<PosixFilePermission> permissions =
                    PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
            Files.setPosixFilePermissions(path, permissions);
        }
    }
}
