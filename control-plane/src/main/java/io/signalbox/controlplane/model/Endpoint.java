package io.signalbox.controlplane.model;

/**
 * One server of a pool.
 *
 * @param address an IPv4 or IPv6 address
 * @param port 1 to 65535
 * @param weight its share of the pool's traffic against the other endpoints' weights; 1 to 128
 */
public record Endpoint(String address, int port, int weight) {}
