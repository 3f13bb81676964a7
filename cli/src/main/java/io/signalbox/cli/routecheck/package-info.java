/** Tests of a route configuration, in the format of Envoy's route table check tool. */
@NullMarked
package io.signalbox.cli.routecheck;

import org.jspecify.annotations.NullMarked;
