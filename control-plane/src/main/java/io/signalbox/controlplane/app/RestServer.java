package io.signalbox.controlplane.app;

import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.util.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.glassfish.jersey.server.ServerProperties;

/** The HTTP server of the admin API: Dropwizard's, on one port, without its admin pages and tasks, which know no tokens. */
final class RestServer implements AutoCloseable {
    private final Server server;

    private RestServer(Server server) {
        this.server = server;
    }

    /** @param setup registers resources and servlets */
    static RestServer start(Address address, Consumer<Environment> setup) throws StartFailed {
        OnePort factory = new OnePort(address);
        Environment environment = new Environment("signalbox");
        environment.jersey().property(ServerProperties.WADL_FEATURE_DISABLE, true);
        setup.accept(environment);
        Server server = factory.build(environment);
        try {
            server.start();
            return new RestServer(server);
        } catch (Exception e) { // what Jetty declares
            new RestServer(server).close();
            throw new StartFailed("The API cannot be served on " + address + ": " + StartFailed.innermost(e), e);
        }
    }

    int port() {
        return ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
    }

    /** Takes no more requests, and lets those under way end for some seconds. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // what Jetty declares
            throw new IllegalStateException("the HTTP server does not stop", e);
        }
    }

    /** What {@code SimpleServerFactory} does, less the admin part. */
    private static final class OnePort extends AbstractServerFactory {
        private final Address address;

        OnePort(Address address) {
            this.address = address;
            setRegisterDefaultExceptionMappers(false); // errors are problem+json
            setShutdownGracePeriod(Duration.seconds(5));
            getGzipFilterFactory().setEnabled(false); // Jetty's gives "17" and "17--gzip" for one revision's entity tag
        }

        @Override
        public Server build(Environment environment) {
            configure(environment);
            ThreadPool threads = createThreadPool(environment.metrics());
            Server server = buildServer(environment.lifecycle(), threads);
            Handler application = createAppServlet(
                    server,
                    environment.jersey(),
                    environment.getObjectMapper(),
                    environment.getValidator(),
                    environment.getApplicationContext(),
                    environment.getJerseyServletContainer(),
                    environment.metrics());
            server.addConnector(connector(environment, server, threads));
            server.setHandler(addGracefulHandler(buildGzipHandler(application)));
            return server;
        }

        private Connector connector(Environment environment, Server server, ThreadPool threads) {
            HttpConnectorFactory connector = new HttpConnectorFactory();
            connector.setBindHost(address.host());
            connector.setPort(address.port());
            connector.setUseServerHeader(false);
            return connector.build(server, environment.metrics(), "rest", threads);
        }

        @Override
        public void configure(Environment environment) {
            environment.getApplicationContext().setContextPath("/");
        }
    }
}
