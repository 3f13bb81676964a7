/**
 * What proxies report of the load on each pool: adding it up until it is stored, and the form it is read in. Pure.
 */
@NullMarked
package io.signalbox.controlplane.load;

import org.jspecify.annotations.NullMarked;
