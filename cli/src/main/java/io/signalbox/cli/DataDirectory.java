package io.signalbox.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** What a {@code dev} control plane keeps: Postgres' files, the API token and the key that encrypts private keys. */
final class DataDirectory implements AutoCloseable {
    private static final int TOKEN_BYTES = 24;

    private final Path path;
    private final Optional<TemporaryDirectory> temporary;
    private final FileChannel lock;

    private DataDirectory(Path path, Optional<TemporaryDirectory> temporary) throws IOException {
        this.path = path;
        this.temporary = temporary;
        this.lock = lock(path);
    }

    static DataDirectory temporary() throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create("dev");
        return new DataDirectory(directory.path(), Optional.of(directory));
    }

    /** A directory that is kept; made when it is not there. */
    static DataDirectory open(Path path) throws IOException {
        return new DataDirectory(Files.createDirectories(path.toAbsolutePath()), Optional.empty());
    }

    /** Keeps a second control plane from ending the Postgres of a first one that lives. The system drops the lock with us. */
    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new CommandFailure(path + " is in use by another signalbox");
        }
        return channel;
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path keyset() {
        return path.resolve("keyset.json");
    }

    /** The API token: made at the first start, the same ever after. For the user's eyes only. */
    String token() throws IOException {
        Path file = path.resolve("token");
        if (Files.exists(file) && Files.size(file) > 0) {
            return Files.readString(file).strip();
        }
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        // Whole or not at all: a kill must not leave half a token behind.
        Path draft = path.resolve("token.new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, token + "\n");
        Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        return token;
    }

    /** Leaves a directory that is kept as it is, and removes a temporary one. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // The end of the process drops it as well.
        }
        temporary.ifPresent(TemporaryDirectory::close);
    }
}
