@NullMarked
package io.signalbox.cli.routecheck;

import org.jspecify.annotations.NullMarked;
