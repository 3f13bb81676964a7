package io.signalbox.dataplane.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.signalbox.dataplane.config.ProxyProtocolConfig;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyProtocolHandlerTest {
    private static final String VERSION_1 = "PROXY TCP4 10.1.2.3 10.9.9.9 1111 443\r\n";
    private static final String VERSION_2 = "\r\n\r\n\0\r\nQUIT\n\41\21\0\14\12\1\2\3\12\11\11\11\4W\1\273";

    private final List<Origin> begun = new ArrayList<>();
    private final StringBuilder seenBehind = new StringBuilder();

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void headersMayComeByteByByte(String header) {
        EmbeddedChannel channel = channel(Duration.ofSeconds(15));
        for (char next : (header + "GET /").toCharArray()) {
            send(channel, String.valueOf(next));
        }
        assertBegun(channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void whatComesWithTheHeaderIsForTheHandlersBehind(String header) {
        EmbeddedChannel channel = channel(Duration.ofSeconds(15));
        send(channel, header + "GET /");
        assertBegun(channel);
    }

    private void assertBegun(EmbeddedChannel channel) {
        assertThat(begun)
                .containsExactly(
                        new Origin(new InetSocketAddress("10.1.2.3", 1111), new InetSocketAddress("10.9.9.9", 443)));
        assertThat(seenBehind).hasToString("active GET /");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void nobodyIsWaitedForForEver() {
        EmbeddedChannel channel = channel(Duration.ofSeconds(2));
        send(channel, "PROXY TC");
        pass(channel, 1999);
        assertThat(channel.isOpen()).isTrue();
        pass(channel, 1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(begun).isEmpty();
    }

    @Test
    void whoHasSaidItIsNotTimed() {
        EmbeddedChannel channel = channel(Duration.ofSeconds(2));
        send(channel, VERSION_1);
        pass(channel, 10_000);
        assertThat(channel.isOpen()).isTrue();
    }

    private static void pass(EmbeddedChannel channel, long milliseconds) {
        channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private static void send(EmbeddedChannel channel, String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Behind it stands what notes what it gets, as soon as the connection has begun. */
    private EmbeddedChannel channel(Duration timeout) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        ProxyProtocolHandler.install(channel.pipeline(), new ProxyProtocolConfig(false, timeout), origin -> {
            begun.add(origin);
            channel.pipeline().addLast(new Notes());
        });
        channel.pipeline().fireChannelActive();
        return channel;
    }

    private final class Notes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            seenBehind.append("active ");
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            seenBehind.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }
    }
}
