/**
 * The one mapping between the model and its JSON form, which users write and the store keeps.
 */
@NullMarked
package io.signalbox.controlplane.json;

import org.jspecify.annotations.NullMarked;
