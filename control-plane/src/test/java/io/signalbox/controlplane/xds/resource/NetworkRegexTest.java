package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import com.google.re2j.Pattern;
import io.signalbox.controlplane.model.Network;
import io.signalbox.testkit.SeededDice;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkRegexTest {
    private final SeededDice dice = SeededDice.of(20261128);

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 110.0.0.1, false",
        "10.0.0.0/8, 1.10.0.0, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.10, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8::1, true",
        "2001:db8::/32, 2001:db80::1, false",
        "2001:db8::/33, 2001:db8:8000::, false",
        "::1, ::1, true",
        "::1, ::11, false",
        "::/0, 2001:db8::1, true",
        "::/0, ::ffff:10.0.0.1, true",
        "::/0, 10.0.0.1, false",
        "fe80::/10, febf::1, true",
        "fe80::/10, fec0::1, false",
        "1:0:0:1::/64, 1::1:0:0:0:1, true",
        "1:0:0:1::/64, 1:0:0:1::, true",
    })
    void fitsTheAddressesOfANetwork(String network, String address, boolean fits) {
        assertThat(fits(network, address)).isEqualTo(fits);
    }

    /** Addresses with many zeros, in and around networks of every length. */
    @Test
    void saysWhatTheBitsSay() {
        for (int round = 0; round < 20_000; round++) {
            int bytes = dice.nextInt(2) == 0 ? 4 : 16;
            byte[] address = bytes(bytes);
            int length = dice.nextInt(bytes * 8 + 1);
            byte[] other = address.clone();
            for (int flips = dice.nextInt(3); flips > 0; flips--) {
                int bit = dice.nextInt(bytes * 8);
                other[bit / 8] ^= (byte) (0x80 >> bit % 8);
            }
            String network = InetAddresses.toAddrString(of(address)) + "/" + length;
            String text = InetAddresses.toAddrString(of(other));
            boolean expected = IntStream.range(0, length)
                    .allMatch(bit -> ((address[bit / 8] ^ other[bit / 8]) & 0x80 >> bit % 8) == 0);
            assertThat(fits(network, text)).as(text + " in " + network).isEqualTo(expected);
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i += 2) {
            int kind = dice.nextInt(4);
            bytes[i] = kind > 2 ? (byte) dice.nextInt(256) : 0;
            bytes[i + 1] = kind > 1 ? (byte) dice.nextInt(256) : (byte) kind;
        }
        bytes[0] = (byte) (1 + dice.nextInt(255)); // no IPv4 within IPv6, which is told apart by its text
        return bytes;
    }

    private static InetAddress of(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean fits(String network, String address) {
        Network parsed = Network.parse(network).orElseThrow().masked();
        return Pattern.matches(NetworkRegex.of(List.of(parsed)), address);
    }
}
