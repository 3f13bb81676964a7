package io.signalbox.conformance;

import java.util.List;

/** A case file is not what a case file should be. The message has every fault, each with the file and the field. */
public final class InvalidCaseException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidCaseException(List<String> faults) {
        super(String.join("\n", faults));
    }
}
