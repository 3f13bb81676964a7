package io.signalbox.dataplane.config;

/** @param host a name or an address; who connects looks a name up */
public record HostPort(String host, int port) {}
