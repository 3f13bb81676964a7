package io.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final RequestView ANY = new RequestView() {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String authority() {
            return "shop.example.com";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return List.of();
        }
    };

    @Test
    void anEmptyTableHasNoVirtualHost() throws InvalidRouteConfiguration {
        RouteTable table =
                RouteTable.parse(RouteConfiguration.newBuilder().setName("edge").build());

        assertThat(table.name()).isEqualTo("edge");
        assertThat(table.decide(ANY, () -> 0)).isEqualTo(new Decision.NoVirtualHost());
    }
}
