#!/bin/sh
# Applies the scenario through the public API.
set -eu
SIGNALBOX_TOKEN=$(cat /var/lib/signalbox/token)
export SIGNALBOX_TOKEN
exec java -cp '/opt/signalbox/signalbox-cli.jar:/opt/signalbox/lib/*' io.signalbox.cli.Main \
  apply -f /var/lib/signalbox/scenario --reason "base scenario"
