@NullMarked
package io.signalbox.cli.files;

import org.jspecify.annotations.NullMarked;
