package io.signalbox.conformance;

import java.util.function.UnaryOperator;

/**
 * What a client says on a connection of its own that has no requests.
 *
 * @param ends whether it ends its side after that; else it waits for the server to end the other one
 * @param afterwards what it says when the server has ended its side
 */
record Bytes(String text, boolean ends, String afterwards) {
    /** With other texts wherever the file may have left one open. */
    Bytes fillIn(UnaryOperator<String> texts) {
        return new Bytes(texts.apply(text), ends, texts.apply(afterwards));
    }
}
