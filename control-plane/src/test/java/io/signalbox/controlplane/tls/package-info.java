@NullMarked
package io.signalbox.controlplane.tls;

import org.jspecify.annotations.NullMarked;
