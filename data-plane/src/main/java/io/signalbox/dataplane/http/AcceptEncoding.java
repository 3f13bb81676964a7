package io.signalbox.dataplane.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants answers encoded with, in Envoy's reading: names count with their case, the first of the most wanted ones
 * is it unless another of them is to be chosen first, and a weight that is no number makes as if its encoding was not there.
 */
final class AcceptEncoding {
    private static final String ANY = "*";
    private static final String NONE = "identity";

    private record Preference(String name, double weight) {}

    private AcceptEncoding() {}

    /**
     * The encoding to take; empty for none.
     *
     * @param header null for none
     * @param offered encodings, of which the first one is for those who take any
     * @param first those that are taken of several that are wanted equally
     */
    static Optional<String> choose(@Nullable String header, List<String> offered, Set<String> first) {
        if (header == null) {
            return Optional.empty();
        }
        List<String> allowed = new ArrayList<>(offered);
        List<Preference> preferences = new ArrayList<>();
        for (String token : header.split(",", -1)) {
            Preference preference = preference(token);
            if (preference.weight == 0) {
                allowed.remove(preference.name);
            }
            preferences.add(preference);
        }
        String wanted = mostWanted(preferences, allowed, first);
        return wanted.equals(ANY)
                ? allowed.stream().findFirst()
                : Optional.of(wanted).filter(allowed::contains);
    }

    private static String mostWanted(List<Preference> preferences, List<String> allowed, Set<String> first) {
        String wanted = NONE;
        double most = 0;
        for (Preference preference : preferences) {
            String name = preference.name;
            boolean known = allowed.contains(name) || name.equals(ANY) || name.equals(NONE);
            boolean more = preference.weight > most || most > 0 && preference.weight == most && first.contains(name);
            if (known && more) {
                wanted = name;
                most = preference.weight;
            }
        }
        return wanted;
    }

    private static Preference preference(String token) {
        String[] parts = token.split(";", 2);
        return new Preference(parts[0].strip(), parts.length == 1 ? 1 : weight(parts[1]));
    }

    /** Negative when it is no number. */
    private static double weight(String parameter) {
        String[] pair = parameter.split("=", 2);
        if (pair.length == 1 || !pair[0].strip().equalsIgnoreCase("q")) {
            return 1;
        }
        String number = pair[1].strip();
        // Java would take 1f and 1d, too.
        if (number.isEmpty() || Character.isLetter(number.charAt(number.length() - 1))) {
            return -1;
        }
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
