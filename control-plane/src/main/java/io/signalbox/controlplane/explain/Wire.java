package io.signalbox.controlplane.explain;

import java.nio.charset.StandardCharsets;

/** Text as it goes over the wire: UTF-8, each byte one char, as the routing library has it. */
final class Wire {
    private Wire() {}

    static String of(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static String text(String wire) {
        return new String(wire.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
