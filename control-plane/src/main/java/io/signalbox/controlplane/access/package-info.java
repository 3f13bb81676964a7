/**
 * Who may do what: roles, scopes and the rule that applies them. Pure; who somebody is, is found out elsewhere.
 */
@NullMarked
package io.signalbox.controlplane.access;

import org.jspecify.annotations.NullMarked;
