/**
 * Why requests go where they go: the routing library asked about the very protos that proxies get. Route tests and
 * warnings are made of the same.
 */
@NullMarked
package io.signalbox.controlplane.explain;

import org.jspecify.annotations.NullMarked;
