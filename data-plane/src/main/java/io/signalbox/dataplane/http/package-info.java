/** The request path: what becomes of one downstream request, byte for byte as Envoy does it. */
@NullMarked
package io.signalbox.dataplane.http;

import org.jspecify.annotations.NullMarked;
