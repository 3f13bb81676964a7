/** The file form of resources: YAML documents with a {@code kind} line, as in {@code examples/}. */
@NullMarked
package io.signalbox.cli.files;

import org.jspecify.annotations.NullMarked;
