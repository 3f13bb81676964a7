package io.signalbox.controlplane.model;

/** Where an endpoint is; parts that are not said are empty. Envoy: {@code Locality}. */
public record Locality(String region, String zone, String subZone) implements Comparable<Locality> {
    public static final Locality NONE = new Locality("", "", "");

    @Override
    public int compareTo(Locality other) {
        int byRegion = region.compareTo(other.region);
        int byZone = byRegion != 0 ? byRegion : zone.compareTo(other.zone);
        return byZone != 0 ? byZone : subZone.compareTo(other.subZone);
    }

    /** {@code eu/eu-1/a}, as far as it is said. */
    public String text() {
        return String.join("/", region, zone, subZone).replaceAll("/+$", "");
    }
}
