package io.signalbox.cli.quickstart;

import io.signalbox.local.RawHttpClient;
import java.net.InetSocketAddress;

/**
 * A proxy that serves the scenario.
 *
 * @param nodeId as the control plane lists it
 * @param edge where its HTTPS listener is or will be
 * @param client connects there; trusts the quickstart's authority and nobody else
 */
record Plane(String title, String nodeId, InetSocketAddress edge, RawHttpClient client) {}
