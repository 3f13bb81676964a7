package io.signalbox.controlplane.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static final long SEED = 4_291;

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8", "192.0.2.1, 192.0.2.1/32", "0.0.0.0/0, 0.0.0.0/0",
        "::/0, 0:0:0:0:0:0:0:0/0", "::1, 0:0:0:0:0:0:0:1/128", "2001:DB8::/32, 2001:db8:0:0:0:0:0:0/32",
        "1:2:3:4:5:6:7:8/64, 1:2:3:4:5:6:7:8/64", "1::8/128, 1:0:0:0:0:0:0:8/128",
                "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0/128",
        "64:ff9b::192.0.2.33/96, 64:ff9b:0:0:0:0:c000:221/96"
    })
    void readsNetworks(String text, String network) {
        assertThat(Network.parse(text).map(Network::toString)).contains(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0/8",
                "10.0.0.256",
                "10.0.0.01",
                "1.2.3.4.5",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "a",
                "shop.test",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "::g",
                ":1::",
                "1::2:",
                "1:2:3:4:5:6:7::8",
                "::1/129",
                "fe80::1%eth0",
                "::ffff:10.0.0.1",
                "::ffff:a00:1",
                "::1.2.3",
                "::1.2.3.256"
            })
    void isEmptyForWhatIsNone(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    /** Beside a parser that many use, over a small alphabet so that much of it is an address. */
    @Test
    void agreesWithAnotherParserOnWhatIsAnIpv6Address() {
        SplittableRandom dice = new SplittableRandom(SEED);
        int addresses = 0;
        for (int i = 0; i < 100_000; i++) {
            String text = text(dice);
            Optional<String> expected = InetAddresses.isInetAddress(text)
                    ? Optional.of(InetAddresses.forString(text))
                            .filter(Inet6Address.class::isInstance)
                            .map(InetAddress::getAddress)
                            .map(HexFormat.of()::formatHex)
                    : Optional.empty();
            assertThat(Network.parse(text).map(Network::address))
                    .as("%s, seed %d", text, SEED)
                    .isEqualTo(expected);
            addresses += expected.isPresent() ? 1 : 0;
        }
        assertThat(addresses).isGreaterThan(1_000);
    }

    private static String text(SplittableRandom dice) {
        StringBuilder text = new StringBuilder();
        int groups = 1 + dice.nextInt(9);
        for (int i = 0; i < groups; i++) {
            text.append(dice.nextInt(4) == 0 ? "" : Integer.toHexString(dice.nextInt(0x1_2000)));
            text.append(i < groups - 1 || dice.nextInt(8) == 0 ? ":" : "");
        }
        return text.indexOf(":") < 0 ? ":" : text.toString();
    }
}
