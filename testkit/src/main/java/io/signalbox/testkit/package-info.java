/** Test support. */
@NullMarked
package io.signalbox.testkit;

import org.jspecify.annotations.NullMarked;
