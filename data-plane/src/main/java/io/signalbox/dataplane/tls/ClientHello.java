package io.signalbox.dataplane.tls;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of a TLS connection (RFC 8446, section 4.1.2), as far as the ciphers that the client knows.
 *
 * @param isWhole whether all of it was there; else more bytes may bring it
 * @param ciphers their numbers, the client's favourite first; empty where it is not whole, or is none
 */
record ClientHello(boolean isWhole, List<Integer> ciphers) {
    private static final ClientHello PART = new ClientHello(false, List.of());
    private static final ClientHello NONE = new ClientHello(true, List.of());

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int LONGEST_SESSION_ID = 32;
    private static final int RECORD_HEADER = 5;
    /** Record header, handshake header, version, random. */
    private static final int SESSION_ID_LENGTH_AT = RECORD_HEADER + 4 + 2 + 32;

    ClientHello {
        ciphers = List.copyOf(ciphers);
    }

    /** Reads nothing away. Of a hello in several records only what is in the first counts, which no real client gets past. */
    static ClientHello of(ByteBuf in) {
        int start = in.readerIndex();
        int length = in.readableBytes();
        boolean isOther = length > 0 && in.getByte(start) != HANDSHAKE
                || length > RECORD_HEADER && in.getByte(start + RECORD_HEADER) != CLIENT_HELLO;
        if (isOther) {
            return NONE;
        } else if (length <= SESSION_ID_LENGTH_AT) {
            return PART;
        }
        int sessionId = in.getUnsignedByte(start + SESSION_ID_LENGTH_AT);
        int ciphersAt = SESSION_ID_LENGTH_AT + 1 + sessionId;
        if (sessionId > LONGEST_SESSION_ID) {
            return NONE;
        } else if (length < ciphersAt + 2) {
            return PART;
        }
        int end = ciphersAt + 2 + in.getUnsignedShort(start + ciphersAt);
        int recordEnd = RECORD_HEADER + in.getUnsignedShort(start + RECORD_HEADER - 2);
        if (end > recordEnd) {
            return NONE;
        }
        return length < end ? PART : new ClientHello(true, numbers(in, start + ciphersAt + 2, start + end));
    }

    private static List<Integer> numbers(ByteBuf in, int from, int to) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = from; i + 1 < to; i += 2) {
            numbers.add(in.getUnsignedShort(i));
        }
        return numbers;
    }
}
