package io.signalbox.controlplane.load;

/**
 * Who makes something of what proxies count. Called on the threads that receive it, many at once, which must not wait.
 *
 * <p>A proxy counts some hundred things for each cluster; what nobody wants is not even read.
 */
public interface MetricsConsumer {
    /** Whether this is of use. To be fast: it is asked for every name in every message. */
    boolean wants(String name);

    /** All that proxies report and anybody wants; a report may be without anything. */
    void accept(MetricsReport report);
}
