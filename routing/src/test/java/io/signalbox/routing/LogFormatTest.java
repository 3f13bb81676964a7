package io.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    /** A request to /a with one header, and an outcome. */
    private static final FormatContext CONTEXT = new FormatContext() {
        @Override
        public RequestView request() {
            return new RequestView() {
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
                    return "";
                }

                @Override
                public String path() {
                    return "/a";
                }

                @Override
                public List<String> headers(String lowerCaseName) {
                    return switch (lowerCaseName) {
                        case "x-a" -> List.of("1\t\"\\\u00e9");
                        case "x-empty" -> List.of("");
                        default -> List.of();
                    };
                }
            };
        }

        @Override
        public RequestOutcome outcome() {
            return new RequestOutcome(503, "UF,URX", 1, 2, Duration.ofNanos(3_999_999), "10.0.0.1:80");
        }
    };

    @Test
    void aLineOfText() throws InvalidRouteConfiguration {
        assertThat(LogFormat.text("%REQ(:method)% %REQ(:authority)% <%REQ(x-empty)%> %REQ(x-b?x-empty)%%REQ(x-b):3%"
                                + " %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION%"
                                + " %UPSTREAM_HOST% %ROUTE_NAME% 5%%\n")
                        .line(CONTEXT))
                .isEqualTo("GET - <> - 503 UF,URX 1 2 3 10.0.0.1:80 - 5%\n");
    }

    @Test
    void anObjectInTheOrderOfItsNames() throws InvalidRouteConfiguration {
        Map<String, String> formats = Map.of(
                "b",
                "%RESPONSE_CODE%",
                "A",
                "%REQ(x-a)%",
                "c",
                "%REQ(x-b)%",
                "d",
                "%REQ(x-b)%.",
                "é",
                "%REQ(x-empty)%");
        assertThat(LogFormat.json(formats).line(CONTEXT))
                .isEqualTo("{\"A\":\"1\\t\\\"\\\\\u00e9\",\"b\":503,\"c\":null,\"d\":\"-.\",\"\u00c3\u00a9\":\"\"}\n");
    }

    @Test
    void theUsualFormatIsOneOfOurs() throws InvalidRouteConfiguration {
        assertThat(LogFormat.text(LogFormat.USUAL).line(CONTEXT))
                .startsWith("[1970-01-01T00:00:00.000Z] \"GET /a -\" 503 UF,URX 1 2 3 - ");
    }

    @Test
    void whatIsNotSupportedIsRefused() {
        assertThatExceptionOfType(InvalidRouteConfiguration.class)
                .isThrownBy(() -> LogFormat.json(Map.of("a", "%CEL(x)%")))
                .withMessage("a: %CEL% is not supported");
        assertThatExceptionOfType(InvalidRouteConfiguration.class)
                .isThrownBy(() -> FormatParser.parse("%RESPONSE_CODE%", Field.ROOT))
                .withMessage("%RESPONSE_CODE% is not supported");
    }
}
