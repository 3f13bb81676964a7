/**
 * From the bytes of a request to JSON that fits its schema, or all that is wrong with it.
 */
@NullMarked
package io.signalbox.controlplane.rest.body;

import org.jspecify.annotations.NullMarked;
