@NullMarked
package io.signalbox.controlplane.judge;

import org.jspecify.annotations.NullMarked;
