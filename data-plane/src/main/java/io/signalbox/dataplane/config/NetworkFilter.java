package io.signalbox.dataplane.config;

/** What becomes of the bytes of a connection. Envoy: the network filter that a filter chain ends in. */
public sealed interface NetworkFilter permits HttpConfig, TcpConfig {}
