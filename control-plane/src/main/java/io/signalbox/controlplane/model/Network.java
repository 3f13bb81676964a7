package io.signalbox.controlplane.model;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses (CIDR; RFC 4632, RFC 4291): {@code 10.0.0.0/8}, {@code 2001:db8::/32}.
 *
 * @param address 8 or 32 hexadecimal digits
 * @param prefixLength how many of the first bits all addresses share, 0 to 32 or 128
 */
public record Network(String address, int prefixLength) {
    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final int IPV6_DIGITS = 32;

    /** What IPv6 addresses that stand for IPv4 ones begin with. */
    private static final String MAPPED = "0".repeat(20) + "ffff";

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    /** Empty for what is none. An address without a length is a network of its own. */
    public static Optional<Network> parse(String text) {
        String[] parts = text.split("/", -1);
        String address = hexadecimal(parts[0]);
        String length = parts.length == 1 ? Integer.toString(address.length() * 4) : parts[1];
        if (address.isEmpty() || parts.length > 2 || !length.matches("0|[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        Network network = new Network(address, Integer.parseInt(length));
        return network.prefixLength > address.length() * 4 ? Optional.empty() : Optional.of(network);
    }

    /** Nothing for what is no address. IPv4 within IPv6 ({@code ::ffff:10.0.0.1}) is none either: it is written as IPv4. */
    private static String hexadecimal(String address) {
        if (IPV4.matcher(address).matches()) {
            return hexadecimalOfIpv4(address);
        }
        if (!IPV6.matcher(address).matches()) {
            return "";
        }
        String groups = hexadecimalOfIpv6(address);
        return groups.startsWith(MAPPED) ? "" : groups;
    }

    private static String hexadecimalOfIpv4(String address) {
        StringBuilder digits = new StringBuilder();
        for (String part : address.split("\\.")) {
            if (part.matches("0.+") || Integer.parseInt(part) > 255) {
                return "";
            }
            digits.append("%02x".formatted(Integer.parseInt(part)));
        }
        return digits.toString();
    }

    /** RFC 4291, section 2.2: eight groups, of which one row of zeros may be left out, and the last two may be IPv4. */
    private static String hexadecimalOfIpv6(String address) {
        int tail = address.lastIndexOf(':') + 1;
        String ipv4 = address.substring(tail);
        if (ipv4.indexOf('.') >= 0) {
            String digits = IPV4.matcher(ipv4).matches() ? hexadecimalOfIpv4(ipv4) : "";
            return digits.isEmpty()
                    ? ""
                    : hexadecimalOfIpv6(
                            address.substring(0, tail) + digits.substring(0, 4) + ":" + digits.substring(4));
        }
        String[] halves = address.split("::", -1);
        if (halves.length > 2) {
            return "";
        }
        String first = groups(halves[0]);
        String last = halves.length == 1 ? "" : groups(halves[1]);
        int missing = IPV6_DIGITS - first.length() - last.length();
        boolean complete = halves.length == 1 ? missing == 0 : missing > 0;
        return complete && (first + last).indexOf(' ') < 0 ? first + "0".repeat(missing) + last : "";
    }

    /** Four digits for each group; with a blank among them for what is no group. */
    private static String groups(String text) {
        StringBuilder digits = new StringBuilder();
        for (String group : text.isEmpty() ? new String[0] : text.split(":", -1)) {
            boolean fits = !group.isEmpty() && group.length() <= 4;
            digits.append(fits ? "0".repeat(4 - group.length()) + group.toLowerCase(Locale.ROOT) : " ");
        }
        return digits.toString();
    }

    public boolean isIpv4() {
        return address.length() == 8;
    }

    /** The same with all bits behind the prefix 0. */
    public Network masked() {
        byte[] bytes = HexFormat.of().parseHex(address);
        for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new Network(HexFormat.of().formatHex(bytes), prefixLength);
    }

    /** Whether all addresses of the other are also in this one. */
    public boolean contains(Network other) {
        return address.length() == other.address.length()
                && prefixLength <= other.prefixLength
                && new Network(other.address, prefixLength).masked().equals(masked());
    }

    /** The bytes of an IPv4 address, or the groups of 16 bits of an IPv6 address. */
    public int[] parts() {
        int digits = isIpv4() ? 2 : 4;
        int[] parts = new int[address.length() / digits];
        Arrays.setAll(parts, i -> Integer.parseInt(address.substring(i * digits, (i + 1) * digits), 16));
        return parts;
    }

    /** In CIDR notation, IPv6 without abbreviations. */
    @Override
    public String toString() {
        String[] texts = Arrays.stream(parts())
                .mapToObj(part -> isIpv4() ? Integer.toString(part) : Integer.toHexString(part))
                .toArray(String[]::new);
        return String.join(isIpv4() ? "." : ":", texts) + "/" + prefixLength;
    }
}
