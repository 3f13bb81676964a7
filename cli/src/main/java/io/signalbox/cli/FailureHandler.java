package io.signalbox.cli;

import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints why a command failed: one line for what users can mend, the stack trace for what only we can. */
final class FailureHandler implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof CommandFailure) {
            err.println("signalbox: " + failure.getMessage());
        } else if (failure instanceof NoSuchFileException) {
            err.println("signalbox: " + failure.getMessage() + ": no such file");
        } else if (failure instanceof ConnectException) {
            err.println("signalbox: cannot connect: " + failure.getMessage());
        } else {
            err.println("signalbox: unexpected: " + failure);
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.SOFTWARE;
    }
}
