package io.signalbox.controlplane.rest;

import jakarta.ws.rs.core.SecurityContext;

/** What a caller may do is decided by {@link AccessFilter} and where changes are made, never by asking for a role here. */
record CallerContext(Caller caller, boolean secure) implements SecurityContext {
    @Override
    public Caller getUserPrincipal() {
        return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return "Bearer";
    }
}
