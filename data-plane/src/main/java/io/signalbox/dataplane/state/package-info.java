/** The config in force: one thread owns it, everyone else reads snapshots of it. */
@NullMarked
package io.signalbox.dataplane.state;

import org.jspecify.annotations.NullMarked;
