/**
 * The quickstart: the base scenario on a real Envoy and on the Java data plane, for looking at it and for checking it.
 *
 * <p>{@link LocalStack} runs the parts, {@link Scenario} holds the files, {@link Walkthrough} applies them row by row and
 * checks each row on every {@link Plane}.
 */
@NullMarked
package io.signalbox.cli.quickstart;

import org.jspecify.annotations.NullMarked;
