/** Cases and their runner. */
@NullMarked
package io.signalbox.conformance;

import org.jspecify.annotations.NullMarked;
