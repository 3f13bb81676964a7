package io.signalbox.dataplane.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.regex.Pattern;

/** Netty's decoder with Envoy's limits. */
final class RequestDecoder extends HttpRequestDecoder {
    private static final Pattern VERSION = Pattern.compile("HTTP/\\d\\.\\d");

    /** The version that had none in its request line. */
    private static final String OLDEST = "HTTP/0.9";

    private static final int DELETE = 0x7f;

    private static final HttpHeadersFactory FOLDED = new FoldedHeaders.Factory();

    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    private boolean betweenRequests = true;
    private boolean broken;
    /** What follows a request for an upgrade or a tunnel is no HTTP, whatever becomes of the request. */
    private boolean tunnel;

    RequestDecoder(int maxHeaderBytes) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(maxHeaderBytes)
                .setMaxHeaderSize(maxHeaderBytes)
                .setMaxChunkSize(MAX_CHUNK_BYTES)
                // Envoy takes a line that ends without CR, and refuses other transfer encodings with a status of their
                // own.
                .setStrictLineParsing(false)
                .setHeadersFactory(FOLDED)
                .setUseRfc9112TransferEncoding(false));
    }

    /** Between requests Netty skips whatever does not print, and Envoy line ends only. */
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (betweenRequests && !broken && startsWithGarbage(in)) {
            broken = true;
            HttpMessage invalid = createInvalidMessage();
            invalid.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("no request")));
            out.add(invalid);
        }
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (tunnel) {
            out.add(new DefaultHttpContent(in.readRetainedSlice(in.readableBytes())));
            return;
        }
        int before = out.size();
        super.decode(context, in, out);
        if (out.size() > before) {
            if (out.get(before) instanceof HttpRequest request && asksForUpgrade(request)) {
                tunnel = true;
                while (out.size() > before + 1) {
                    ReferenceCountUtil.release(out.remove(out.size() - 1));
                }
            }
            betweenRequests = out.get(out.size() - 1) instanceof LastHttpContent;
        }
    }

    private static boolean asksForUpgrade(HttpRequest request) {
        return request.decoderResult().isSuccess()
                && (HopByHop.isForTunnel(request)
                        || HopByHop.asksForUpgrade(request.headers(), HopByHop.nominated(request.headers())));
    }

    private static boolean startsWithGarbage(ByteBuf in) {
        for (int i = in.readerIndex(); i < in.writerIndex(); i++) {
            byte next = in.getByte(i);
            if (next != '\r' && next != '\n') {
                return (next >= 0 && next <= ' ') || next == DELETE;
            }
        }
        return false;
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
