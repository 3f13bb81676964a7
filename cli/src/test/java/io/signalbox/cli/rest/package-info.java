@NullMarked
package io.signalbox.cli.rest;

import org.jspecify.annotations.NullMarked;
