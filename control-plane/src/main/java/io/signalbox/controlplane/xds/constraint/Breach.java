package io.signalbox.controlplane.xds.constraint;

import io.signalbox.controlplane.xds.ResourceType;
import java.util.Optional;

/**
 * A constraint that a resource does not keep.
 *
 * @param name of the resource
 * @param route the name of the route that it is in, if it is in one
 * @param path where, from the resource or the route on: {@code match.headers[0].name}. Never a value, which may be secret
 * @param rule as the message says it: {@code string.min_len: 1}
 */
public record Breach(ResourceType type, String name, Optional<String> route, String path, String rule) {}
