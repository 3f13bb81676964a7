package io.signalbox.controlplane.access;

/** Whether somebody may do something. */
public sealed interface Decision {
    record Permitted() implements Decision {}

    /** Not them. */
    sealed interface Refused extends Decision {
        /** What it takes: {@code role editor}. */
        String needed();

        /** What there is instead: {@code role viewer}. */
        String found();
    }

    record RoleTooLow(Role role, Role needs) implements Refused {
        @Override
        public String needed() {
            return "role " + needs.word();
        }

        @Override
        public String found() {
            return "role " + role.word();
        }
    }

    /** @param found what lies outside: {@code the host www.example.com} */
    record OutsideScope(Scope scope, String found) implements Refused {
        @Override
        public String needed() {
            return "something within the scope: " + scope.describe();
        }
    }
}
