package io.signalbox.conformance;

import io.signalbox.conformance.ConformanceCase.Document;
import io.signalbox.local.EchoBackend;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names under which a case's resources are stored, and texts of a case with what only the runner knows:
 *
 * <ul>
 *   <li>{@code ${pool NAME}}, {@code ${route NAME}} …: the name that a resource is stored under;
 *   <li>{@code ${authority NAME}}: PEM of a certificate authority;
 *   <li>{@code ${hash NAME}}, {@code ${encoded NAME}}: SHA-256 of a certificate in hex, and its PEM percent-encoded;
 *   <li>{@code ${backend NAME}}: address and port of a backend;
 *   <li>{@code ${port NAME}}: where the proxy that is asked has a listener of the case.
 * </ul>
 */
final class CaseTexts {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z-]+) ([^}]+)\\}");

    private final String run;
    private final String prefix;
    private final CaseSetting setting;
    private final Set<String> sharedPools;
    private final Set<String> own = new HashSet<>();

    /**
     * @param run sets what this run stores apart from what else the control plane holds
     * @param number of the case within the run
     */
    CaseTexts(String run, int number, ConformanceCase testCase, CaseSetting setting) {
        this.run = run;
        this.prefix = run + "-" + number + "-";
        this.setting = setting;
        this.sharedPools = Set.copyOf(testCase.pools());
        for (Document document : testCase.allResources()) {
            own.add(document.kind() + " " + document.name());
        }
    }

    /** What a resource is stored as; what is none of the case's keeps its name. */
    String stored(String kind, String name) {
        if (own.contains(kind + " " + name)) {
            return prefix + name;
        }
        return kind.equals("pool") && sharedPools.contains(name) ? sharedPool(run, name) : name;
    }

    static String sharedPool(String run, String pool) {
        return run + "-" + pool;
    }

    /**
     * @param offset what the proxy that is asked adds to ports
     */
    String fillIn(String text, int offset) {
        return PLACE.matcher(text)
                .replaceAll(place ->
                        Matcher.quoteReplacement(value(place.group(), place.group(1), place.group(2), offset)));
    }

    private String value(String whole, String kind, String name, int offset) {
        return switch (kind) {
            case "authority" -> setting.authorities().get(name).rootPem();
            case "hash" -> CertificateTexts.hash(setting.certificate(name));
            case "encoded" -> CertificateTexts.encoded(setting.certificate(name));
            case "backend" -> {
                EchoBackend backend = setting.backend(name);
                yield backend.host() + ":" + backend.port();
            }
            case "port" -> setting.port(name).map(port -> "" + (port + offset)).orElse(whole);
            case "pool", "route", "listener", "certificate", "virtual-host", "canary", "experiment" ->
                stored(kind, name);
            default -> whole;
        };
    }
}
