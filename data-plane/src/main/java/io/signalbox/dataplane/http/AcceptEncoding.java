package io.signalbox.dataplane.http;

import org.jspecify.annotations.Nullable;

/**
 * What a client wants answers encoded with, in Envoy's reading: names count with their case, the first of the most wanted ones
 * is it, and a weight that is no number makes as if its encoding was not there.
 */
final class AcceptEncoding {
    private static final String GZIP = "gzip";

    private AcceptEncoding() {}

    /** @param header null for none */
    static boolean prefersGzip(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String wanted = "";
        double most = 0;
        for (String token : header.split(",", -1)) {
            String[] parts = token.split(";", 2);
            String name = parts[0].strip();
            double weight = parts.length == 1 ? 1 : weight(parts[1]);
            if (name.equals(GZIP) && weight == 0) {
                return false;
            }
            if (weight > most && (name.equals(GZIP) || name.equals("*") || name.equals("identity"))) {
                wanted = name;
                most = weight;
            }
        }
        return wanted.equals(GZIP) || wanted.equals("*");
    }

    /** Negative when it is no number. */
    private static double weight(String parameter) {
        String[] pair = parameter.split("=", 2);
        if (pair.length == 1 || !pair[0].strip().equalsIgnoreCase("q")) {
            return 1;
        }
        try {
            return Double.parseDouble(pair[1].strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
