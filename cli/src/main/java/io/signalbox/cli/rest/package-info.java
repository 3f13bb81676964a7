/** The REST API as seen by the commands. */
@NullMarked
package io.signalbox.cli.rest;

import org.jspecify.annotations.NullMarked;
