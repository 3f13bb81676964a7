package io.signalbox.cli;

import io.signalbox.local.TestCertificates;
import io.signalbox.local.TestCertificates.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a certificate for trying things. */
@Command(
        name = "test-certificate",
        description = {
            "Makes a certificate authority and a certificate by it, for trying; valid for 90 days.",
            "",
            "Writes NAME.crt, NAME.key and ca.crt, which is what clients have to trust. The authority's key is thrown away."
        })
final class TestCertificateCommand implements Callable<Integer> {
    @Option(
            names = {"-d", "--directory"},
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where the files go (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "shop", description = "default: ${DEFAULT-VALUE}")
    private String name = "";

    @Parameters(
            arity = "0..*",
            paramLabel = "HOST",
            defaultValue = "shop.example.com",
            description = "DNS names it is for (default: ${DEFAULT-VALUE}).")
    private List<String> hosts = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(directory);
        TestCertificates authority = TestCertificates.authority();
        Issued issued = authority.issue(hosts.toArray(new String[0]));
        Path key = directory.resolve(name + ".key");
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, issued.privateKey());
        Path chain = Files.writeString(directory.resolve(name + ".crt"), issued.chain());
        Path ca = Files.writeString(directory.resolve("ca.crt"), authority.rootPem());
        spec.commandLine().getOut().printf("%s%n%s%n%s%n", chain, key, ca);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
