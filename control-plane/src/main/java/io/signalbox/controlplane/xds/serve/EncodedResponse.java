package io.signalbox.controlplane.xds.serve;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A response on its way out.
 *
 * @param body all fields but the nonce, shared by all streams that are sent the same
 */
record EncodedResponse(ByteString body, String nonce) {
    /** {@code nonce} has this number in both kinds of response. */
    private static final int NONCE_FIELD = 5;

    static final MethodDescriptor.Marshaller<EncodedResponse> MARSHALLER = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(EncodedResponse response) {
            return response.stream();
        }

        @Override
        public EncodedResponse parse(InputStream stream) {
            throw new UnsupportedOperationException("a server does not read responses");
        }
    };

    private InputStream stream() {
        ByteArrayOutputStream tail = new ByteArrayOutputStream(nonce.length() + 8);
        CodedOutputStream out = CodedOutputStream.newInstance(tail);
        try {
            out.writeString(NONCE_FIELD, nonce);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to an array", e);
        }
        // A rope, not a copy: protobuf accepts fields in any order.
        return new Bytes(body.concat(ByteString.copyFrom(tail.toByteArray())));
    }

    /** Lets gRPC know the length and write without a copy in between. */
    private static final class Bytes extends InputStream implements KnownLength, Drainable {
        private final ByteString bytes;
        private final InputStream in;

        Bytes(ByteString bytes) {
            this.bytes = bytes;
            this.in = bytes.newInput();
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            bytes.writeTo(target);
            return bytes.size();
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }
    }
}
