package io.signalbox.benchmarks;

/** A kind of proxy with a kind of stream. */
public enum Target {
    ENVOY_DELTA("Envoy, delta"),
    ENVOY_SOTW("Envoy, SotW"),
    JAVA_DELTA("Java plane, delta");

    private final String title;

    Target(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    boolean isEnvoy() {
        return this != JAVA_DELTA;
    }
}
