package io.signalbox.controlplane.xds.publish;

/**
 * Something in a RouteConfiguration that a proxy seems to have refused, or that its release does not know. Immutable; equal
 * when it holds back the same.
 */
public interface Withheld {
    /** Whether that snapshot still has what was refused; once it has not, there is nothing to hold back any more. */
    boolean appliesTo(Snapshot snapshot);

    boolean isOf(String routeConfiguration, String route);
}
