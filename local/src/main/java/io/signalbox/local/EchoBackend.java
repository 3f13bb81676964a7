package io.signalbox.local;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An HTTP server of this JVM that answers every request with who it is and what it was asked, as JSON:
 *
 * <pre>{@code
 * {"backend": "v1", "protocol": "HTTP/1.1", "method": "GET", "path": "/a?b=c",
 *  "headers": {"host": ["shop.example.com"]}, "bodyBytes": 0}
 * }</pre>
 *
 * <p>Header names are in lower case and in the order of their first line, values in the order received; of HTTP/2
 * {@code :authority} is shown as {@code host}. Over TLS there is {@code serverName} (SNI) and, of a client with a
 * certificate, {@code clientName} too. The backend's name stands in the response header {@code x-backend}. Any thread may
 * call.
 */
public final class EchoBackend implements AutoCloseable {
    /** Header of every answer; holds the backend's name. */
    public static final String NAME_HEADER = "x-backend";

    private final String name;
    private final EchoBehaviour behaviour = new EchoBehaviour();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel server;

    private EchoBackend(String name, InetSocketAddress address, EchoOptions options) {
        this.name = name;
        EchoPipeline pipeline = new EchoPipeline(name, behaviour, options);
        this.server = new ServerBootstrap()
                .group(Threads.GROUP)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        pipeline.addTo(channel);
                    }
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }

    /** On a free port of the loopback interface. */
    public static EchoBackend start(String name) {
        return start(name, 0);
    }

    /** On a given port of the loopback interface. */
    public static EchoBackend start(String name, int port) {
        return start(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** On any address of this machine. */
    public static EchoBackend start(String name, InetSocketAddress address) {
        return new EchoBackend(name, address, EchoOptions.PLAIN);
    }

    /** On a free port of the loopback interface, as the options say. */
    public static EchoBackend start(String name, EchoOptions options) {
        return new EchoBackend(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
    }

    public String name() {
        return name;
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** {@code 127.0.0.1} as a rule; what to write as an endpoint's address. */
    public String host() {
        return ((InetSocketAddress) server.localAddress()).getAddress().getHostAddress();
    }

    /** From now on each answer waits that long. */
    public void delay(Duration delay) {
        behaviour.delay(delay);
    }

    /**
     * From now on this share of the requests is answered with the status, evenly spread: of 0.25 each fourth.
     *
     * @param rate 0 to 1
     */
    public void fail(double rate, int status) {
        behaviour.fail(rate, status);
    }

    /**
     * From now on requests get these answers one after the other, and the last one for ever.
     *
     * @param answers at least one
     */
    public void answer(List<EchoAnswer> answers) {
        behaviour.answer(answers);
    }

    /**
     * From now on requests whose path begins with one of these texts get the first that fits, and others what they got.
     *
     * @param answers in the order in which they are looked at
     */
    public void answerPaths(Map<String, EchoAnswer> answers) {
        behaviour.answerPaths(answers);
    }

    /** From now on the health checks of proxies get this answer, and count and are told as no request. */
    public void health(EchoAnswer answer) {
        behaviour.health(answer);
    }

    /** From now on each request is told when it was read to its end, by any thread. */
    public void tell(Consumer<EchoRequest> journal) {
        behaviour.tell(journal);
    }

    /** Requests that were received and are not answered yet. */
    public int inFlight() {
        return behaviour.inFlight();
    }

    /** Requests received so far. */
    public long total() {
        return behaviour.total();
    }

    /** Stops listening and cuts all connections. */
    @Override
    public void close() {
        server.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
    }

    /** Two daemon threads for all backends of the JVM. */
    private static final class Threads {
        static final MultiThreadIoEventLoopGroup GROUP =
                new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("echo", true), NioIoHandler.newFactory());
    }
}
