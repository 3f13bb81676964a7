/** The admin server. */
@NullMarked
package io.signalbox.dataplane.admin;

import org.jspecify.annotations.NullMarked;
