package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.regex.Pattern;

/** Netty's decoder with Envoy's limits. */
final class RequestDecoder extends HttpRequestDecoder {
    private static final Pattern VERSION = Pattern.compile("HTTP/\\d\\.\\d");

    /** The version that had none in its request line. */
    private static final String OLDEST = "HTTP/0.9";

    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    RequestDecoder(int maxHeaderBytes) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(maxHeaderBytes)
                .setMaxHeaderSize(maxHeaderBytes)
                .setMaxChunkSize(MAX_CHUNK_BYTES)
                // Envoy takes a line that ends without CR, and refuses other transfer encodings with a status of their
                // own.
                .setStrictLineParsing(false)
                .setUseRfc9112TransferEncoding(false));
    }

    /** Netty takes a version in any case, and none for a fault. */
    @Override
    protected HttpMessage createMessage(String[] initialLine) throws Exception {
        String version = initialLine[2].strip();
        if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("no version of HTTP: " + version);
        }
        String[] line = {initialLine[0], initialLine[1], version.isEmpty() ? OLDEST : version};
        return super.createMessage(line);
    }

    /** Two lengths for one body are an attack; refused later, with the other faults. Netty would drop one in silence. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        // The header stays, for ProtocolCheck to see.
    }
}
