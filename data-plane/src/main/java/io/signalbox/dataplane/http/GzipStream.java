package io.signalbox.dataplane.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** One body as gzip, piece by piece: what is given is given out at once, so that streams keep flowing. */
final class GzipStream implements AutoCloseable {
    private static final int BUFFER_BYTES = 4096;

    /** Where the compressor writes to; another one for each piece. */
    private static final class Sink extends java.io.OutputStream {
        private ByteBuf to = Unpooled.EMPTY_BUFFER;

        @Override
        public void write(int b) {
            to.writeByte(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            to.writeBytes(bytes, offset, length);
        }
    }

    private final Sink sink = new Sink();
    private final GZIPOutputStream gzip;
    private ByteBuf next = Unpooled.buffer();
    private boolean closed;

    GzipStream() {
        sink.to = next;
        try {
            gzip = new GZIPOutputStream(sink, BUFFER_BYTES, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The argument stays the caller's. */
    ByteBuf compress(ByteBuf piece) {
        try {
            piece.readBytes(gzip, piece.readableBytes());
            gzip.flush();
            return takeWritten();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last piece, and the end of the stream. */
    ByteBuf finish(ByteBuf piece) {
        try {
            piece.readBytes(gzip, piece.readableBytes());
            gzip.finish();
            return takeWritten();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ByteBuf takeWritten() {
        ByteBuf written = next;
        next = Unpooled.buffer();
        sink.to = next;
        return written;
    }

    /** Gives back the memory that the JVM's compressor holds outside its heap. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                gzip.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
