/**
 * Who somebody is: tokens and JWTs to principals. What a principal may do is decided in {@code access}.
 */
@NullMarked
package io.signalbox.controlplane.authentication;

import org.jspecify.annotations.NullMarked;
