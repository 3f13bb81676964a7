/**
 * Finds what is wrong with a draft: every violation, each with its field path. Pure.
 */
@NullMarked
package io.signalbox.controlplane.validation;

import org.jspecify.annotations.NullMarked;
