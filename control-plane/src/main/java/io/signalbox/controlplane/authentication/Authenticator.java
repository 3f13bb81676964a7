package io.signalbox.controlplane.authentication;

/** Any thread; does not throw. */
@FunctionalInterface
public interface Authenticator {
    /** @param token as the request brought it; whoever compares it must take the same time however much of it is right */
    Authentication authenticate(String token);
}
