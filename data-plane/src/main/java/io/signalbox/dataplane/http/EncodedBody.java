package io.signalbox.dataplane.http;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.signalbox.dataplane.config.Encoding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** One body compressed, piece by piece: what is given is given out at once, so that streams keep flowing. */
final class EncodedBody implements AutoCloseable {
    private static final int BUFFER_BYTES = 4096;

    /** In bits, Envoy's: memory that each body takes. */
    private static final int BROTLI_WINDOW = 18;

    /** Where the compressor writes to; another one for each piece. */
    private static final class Sink extends OutputStream {
        private ByteBuf to = Unpooled.buffer();

        @Override
        public void write(int b) {
            to.writeByte(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            to.writeBytes(bytes, offset, length);
        }

        ByteBuf take() {
            ByteBuf written = to;
            to = Unpooled.buffer();
            return written;
        }
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream to, int level) throws IOException {
            super(to, BUFFER_BYTES, true);
            def.setLevel(level);
        }
    }

    private final Sink sink = new Sink();
    private final OutputStream compressor;
    private boolean closed;

    EncodedBody(Encoding encoding) {
        try {
            compressor = open(encoding, sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OutputStream open(Encoding encoding, OutputStream to) throws IOException {
        return switch (encoding.algorithm()) {
            case BROTLI -> {
                Brotli4jLoader.ensureAvailability();
                yield new BrotliOutputStream(
                        to,
                        new Encoder.Parameters().setQuality(encoding.level()).setWindow(BROTLI_WINDOW),
                        BUFFER_BYTES);
            }
            case GZIP -> new Gzip(to, encoding.level());
            case ZSTD -> new ZstdOutputStreamNoFinalizer(to, encoding.level());
        };
    }

    /** The argument stays the caller's. */
    ByteBuf compress(ByteBuf piece) {
        try {
            piece.readBytes(compressor, piece.readableBytes());
            compressor.flush();
            return sink.take();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last piece, and the end of the stream. */
    ByteBuf finish(ByteBuf piece) {
        try {
            piece.readBytes(compressor, piece.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
        return sink.take();
    }

    /** Gives back the memory that compressors hold outside of the JVM's heap. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            compressor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
