/** What a data plane is told to do, as our own records: what the protos said once they were parsed. Imports nothing of ours but the routing table. */
@NullMarked
package io.signalbox.dataplane.config;

import org.jspecify.annotations.NullMarked;
