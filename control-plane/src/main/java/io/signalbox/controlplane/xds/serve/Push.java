package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.EncodedResource;
import java.util.List;

/**
 * One response.
 *
 * @param version of the whole: {@code version_info} or {@code system_version_info}
 * @param resources in name order
 * @param removed names, in order; always empty in SotW
 */
record Push(ResourceType type, String nonce, String version, List<EncodedResource> resources, List<String> removed) {}
