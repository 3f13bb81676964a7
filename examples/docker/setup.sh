#!/bin/sh
# Makes, once, what a first start needs, in the volume that the containers share.
set -eu
umask 077
cd /var/lib/signalbox
signalbox() { java -cp '/opt/signalbox/signalbox-cli.jar:/opt/signalbox/lib/*' io.signalbox.cli.Main "$@"; }

[ -f token ] || head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' > token
[ -f keyset.json ] || signalbox keyset create keyset.json
[ -f scenario/shop.key ] || signalbox test-certificate -d scenario shop.example.com
cp /examples/base-scenario/*.yaml scenario/
