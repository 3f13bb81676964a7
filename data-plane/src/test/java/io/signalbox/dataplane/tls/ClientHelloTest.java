package io.signalbox.dataplane.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
    private static ByteBuf hello(String... ciphers) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        parameters.setCipherSuites(ciphers);
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        out.flip();
        return Unpooled.wrappedBuffer(out);
    }

    @Test
    void theClientsCiphersComeInItsOrder() throws Exception {
        ByteBuf hello =
                hello("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assertThat(ClientHello.of(hello).ciphers())
                .filteredOn(number -> number != 0xff) // TLS_EMPTY_RENEGOTIATION_INFO_SCSV
                .containsExactly(0x1302, 0x1301, 0xc02f);
        assertThat(hello.readerIndex()).isZero();
    }

    @Test
    void aHelloThatIsCutIsWaitedForUntilTheCiphersAreThere() throws Exception {
        ByteBuf hello = hello("TLS_AES_256_GCM_SHA384");
        int needed = 0;
        while (!ClientHello.of(hello.slice(0, needed)).isWhole()) {
            assertThat(ClientHello.of(hello.slice(0, needed)).ciphers()).isEmpty();
            needed++;
        }
        assertThat(needed).isLessThan(hello.readableBytes());
        assertThat(ClientHello.of(hello.slice(0, needed)).ciphers()).contains(0x1302);
        assertThat(ClientHello.of(hello)).isEqualTo(ClientHello.of(hello.slice(0, needed)));
    }

    @Test
    void whatIsNoHelloHasNoCiphersAndIsNotWaitedFor() throws Exception {
        assertThat(ClientHello.of(Unpooled.copiedBuffer("G", StandardCharsets.US_ASCII)))
                .isEqualTo(new ClientHello(true, List.of()));
        ByteBuf longId = hello("TLS_AES_256_GCM_SHA384").copy();
        longId.setByte(43, 33);
        assertThat(ClientHello.of(longId).isWhole()).isTrue();
        assertThat(ClientHello.of(longId).ciphers()).isEmpty();
        ByteBuf longList = hello("TLS_AES_256_GCM_SHA384").copy();
        longList.setShort(44 + longList.getByte(43), 0xfffe);
        assertThat(ClientHello.of(longList)).isEqualTo(new ClientHello(true, List.of()));
    }
}
