package io.signalbox.routing;

/**
 * Where a decision takes its dice from: 64 random bits, read as an unsigned number. A decision asks at most once and
 * uses the same value for every fraction and weight on its way, as Envoy does.
 */
@FunctionalInterface
public interface RandomValue {
    long next();
}
