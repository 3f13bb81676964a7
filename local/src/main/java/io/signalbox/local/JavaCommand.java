package io.signalbox.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts further JVMs of the kind this one is: same binary, same class path. */
final class JavaCommand {
    private static final String MAIN = "io.signalbox.cli.Main";

    private JavaCommand() {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The command line of {@code signalbox ARGUMENTS…} on this JVM's own class path. */
    static List<String> signalbox(List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        // Children are many and short-lived: start fast, take little memory and few threads.
        command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto", "-Xmx512m"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(arguments);
        return command;
    }
}
