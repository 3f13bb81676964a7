@NullMarked
package io.signalbox.cli;

import org.jspecify.annotations.NullMarked;
