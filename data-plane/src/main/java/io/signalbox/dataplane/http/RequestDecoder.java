package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Netty's decoder with Envoy's limits. */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    RequestDecoder(int maxHeaderBytes) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(maxHeaderBytes)
                .setMaxHeaderSize(maxHeaderBytes)
                .setMaxChunkSize(MAX_CHUNK_BYTES));
    }

    /** Two lengths for one body are an attack; refused later, with the other faults. Netty would drop one in silence. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        // The header stays, for ProtocolCheck to see.
    }
}
