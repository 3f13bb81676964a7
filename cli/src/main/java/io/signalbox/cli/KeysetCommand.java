package io.signalbox.cli;

import io.signalbox.controlplane.store.KeysetFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The file that encrypts private keys. */
@Command(
        name = "keyset",
        description = {
            "Makes and rotates the file with the keys that encrypt private keys in the database.",
            "",
            "Every replica of a control plane needs the same file. Who loses it loses the stored private keys."
        })
final class KeysetCommand {
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a new file; never overwrites one.")
    int create(@Parameters(paramLabel = "FILE", description = "Readable by its owner only.") Path file)
            throws IOException {
        try {
            KeysetFile.create(file);
            return 0;
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(file + " is already there, and secrets may depend on it", e);
        }
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description =
                    "Adds a key, which encrypts from the next start of the server on; the older ones still decrypt.")
    int rotate(@Parameters(paramLabel = "FILE", description = "Made by create.") Path file) throws IOException {
        KeysetFile.rotate(file);
        return 0;
    }
}
