package io.signalbox.routing.balance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.openhft.hashing.LongHashFunction;

/** xxHash64, which Envoy hashes requests and hosts with. Texts are bytes of the wire, one char each (ISO-8859-1). */
public final class XxHash {
    private static final LongHashFunction SEED_0 = LongHashFunction.xx();
    private static final LongHashFunction SEED_1 = LongHashFunction.xx(1);

    private XxHash() {}

    public static long of(String wire) {
        return SEED_0.hashBytes(wire.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Of several texts, each hashed with the hash of those before it as seed. */
    public static long of(List<String> wires) {
        long hash = 0;
        for (String wire : wires) {
            hash = LongHashFunction.xx(hash).hashBytes(wire.getBytes(StandardCharsets.ISO_8859_1));
        }
        return hash;
    }

    /** With seed 1, from which Maglev takes its second hash. */
    static long second(String wire) {
        return SEED_1.hashBytes(wire.getBytes(StandardCharsets.ISO_8859_1));
    }
}
