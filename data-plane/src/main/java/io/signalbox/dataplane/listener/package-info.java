/** Listening sockets and the connections that came through them. */
@NullMarked
package io.signalbox.dataplane.listener;

import org.jspecify.annotations.NullMarked;
