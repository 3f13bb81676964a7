package io.signalbox.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the build, as Maven wrote it into the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/signalbox.properties")) {
            properties.load(in);
        }
        return new String[] {
            "signalbox " + properties.getProperty("version"), "Java " + System.getProperty("java.runtime.version")
        };
    }
}
