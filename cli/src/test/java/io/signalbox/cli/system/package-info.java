/** The whole system: control plane and both proxies as processes, real Envoy, real Postgres, seen from outside. */
@NullMarked
package io.signalbox.cli.system;

import org.jspecify.annotations.NullMarked;
