#!/bin/sh
# Proves a package: the built program (or, with an argument, an installed `dlo`) starts, signs in over TLS and SCRAM with the modules of its
# own run-time image, and reads one message. Then the window comes up on JavaFX's headless platform and goes when it is asked to.
# The broker comes from the demo's jars and runs on the checkout's JDK.
set -eu
cd "$(dirname "$0")/.."
root=$(cd ../.. && pwd)
java_home=$("$root/scripts/java-home")
dlo=$(readlink -f "$(command -v "${1:-target/package/dead-letter-office/bin/dlo}")")
work=$(mktemp -d)
mkfifo "$work/hold"
trap 'exec 9>&-; wait; rm -rf "$work"' EXIT

"$java_home/bin/keytool" -genkeypair -alias broker -keyalg EC -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1 -validity 2 \
  -storetype PKCS12 -keystore "$work/broker.p12" -storepass changeit 2>/dev/null
"$java_home/bin/keytool" -exportcert -rfc -alias broker -keystore "$work/broker.p12" -storepass changeit >"$work/ca.pem" 2>/dev/null

"$java_home/bin/java" -cp "$root/app/demo/target/demo-lib/*" smoke/SecureBroker.java "$work/broker.p12" \
  <"$work/hold" >"$work/address" 2>"$work/broker.log" &
exec 9>"$work/hold"
for _ in $(seq 60); do [ -s "$work/address" ] && break; sleep 1; done
[ -s "$work/address" ] || { cat "$work/broker.log" >&2; exit 1; }

export DLO_HOME="$work/home" SMOKE_PASSWORD=s3cret
unset JAVA_HOME
"$dlo" --version
"$dlo" profiles add kafka smoke --set bootstrap="$(cat "$work/address")" --set security=SASL_SSL --set mechanism=SCRAM-SHA-512 \
  --set username=operator --secret-env password=SMOKE_PASSWORD --set trust=PEM --set trustFile="$work/ca.pem"
"$dlo" browse orders.DLT -p smoke --output json | grep -q '"orderId"' || { echo "smoke: the message was not read" >&2; exit 1; }
echo "smoke: signed in over TLS and SCRAM, read one message"

# No display is needed: JavaFX's own headless platform draws the window in memory.
JAVA_TOOL_OPTIONS="-Dglass.platform=Headless -Dprism.order=sw" "$(dirname "$dlo")/dead-letter-office" >"$work/window.log" 2>&1 &
window=$!
for _ in $(seq 60); do grep -qs "The window is open" "$work"/home/logs/* && break; sleep 1; done
grep -qs "The window is open" "$work"/home/logs/* || { cat "$work/window.log" >&2; echo "smoke: the window did not open" >&2; exit 1; }
kill "$window"
wait "$window" || { cat "$work/window.log" >&2; echo "smoke: the window did not end in good order" >&2; exit 1; }
echo "smoke: the window opened and closed"
