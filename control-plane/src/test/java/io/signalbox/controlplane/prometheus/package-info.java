@NullMarked
package io.signalbox.controlplane.prometheus;

import org.jspecify.annotations.NullMarked;
