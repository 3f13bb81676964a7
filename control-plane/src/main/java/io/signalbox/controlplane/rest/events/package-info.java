/** What happens, told while it happens. */
@NullMarked
package io.signalbox.controlplane.rest.events;

import org.jspecify.annotations.NullMarked;
