package io.signalbox.dataplane;

import static io.signalbox.dataplane.Bootstraps.cluster;
import static io.signalbox.dataplane.Bootstraps.plain;
import static io.signalbox.dataplane.Bootstraps.toCluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdminTest {
    @Test
    void showsWhatIsServed() throws Exception {
        try (TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", 12345)))) {
            RawHttpClient admin = RawHttpClient.plain(proxy.admin());
            assertThat(admin.send(RawRequest.get("x", "/ready")).text()).isEqualTo("LIVE\n");
            assertThat(admin.send(RawRequest.get("x", "/listeners")).text())
                    .isEqualTo("l::127.0.0.1:" + proxy.address().getPort() + "\n");
            assertThat(admin.send(RawRequest.get("x", "/listeners?format=json")).text())
                    .contains("\"port_value\" : " + proxy.address().getPort());
            assertThat(admin.send(RawRequest.get("x", "/clusters")).text())
                    .isEqualTo("c::observability_name::c\nc::127.0.0.1:12345::rq_active::0\n");
            assertThat(admin.send(RawRequest.get("x", "/config_dump")).text()).contains("\"configs\"");
            assertThat(admin.send(RawRequest.get("x", "/nothing")).status()).isEqualTo(404);
        }
    }

    @Test
    void quitsOnPostOnly() throws Exception {
        try (TestProxy proxy = TestProxy.start(plain(toCluster("/", "c")))) {
            RawHttpClient admin = RawHttpClient.plain(proxy.admin());
            assertThat(admin.send(RawRequest.get("x", "/quitquitquit")).status())
                    .isEqualTo(405);
            RawResponse quit = admin.send(RawRequest.of("POST", "x", "/quitquitquit"));
            assertThat(quit.text()).isEqualTo("OK\n");
            proxy.dataPlane().whenClosed().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(proxy.dataPlane().listeners()).isEmpty();
        }
    }
}
