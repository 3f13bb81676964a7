package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The least role that an operation is for. Without it, on the method or its class, nobody may use the operation. Writes of
 * config say {@link Role#OPERATOR}: which of them take more is decided where they are made, by what they change.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface Needs {
    Role value();
}
