package io.signalbox.controlplane.model;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of resource that users write. The order is the order in which a set of changes is listed and applied. */
public enum Kind {
    CERTIFICATE("certificate", "certificates"),
    POOL("pool", "pools"),
    LISTENER("listener", "listeners"),
    VIRTUAL_HOST("virtual-host", "virtual-hosts"),
    ROUTE("route", "routes"),
    ROUTE_TEST("route-test", "route-tests"),
    CANARY("canary", "canaries"),
    EXPERIMENT("experiment", "experiments");

    private final String singular;
    private final String plural;

    Kind(String singular, String plural) {
        this.singular = singular;
        this.plural = plural;
    }

    /** The word of the file form, {@code kind: pool}. */
    public String singular() {
        return singular;
    }

    /** The word of the REST path, {@code /api/v1/pools}. */
    public String plural() {
        return plural;
    }

    public static Optional<Kind> findBySingular(String word) {
        return Arrays.stream(values()).filter(k -> k.singular.equals(word)).findFirst();
    }

    public static Optional<Kind> findByPlural(String word) {
        return Arrays.stream(values()).filter(k -> k.plural.equals(word)).findFirst();
    }
}
