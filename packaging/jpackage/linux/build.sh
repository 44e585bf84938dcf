#!/bin/sh
# Builds target/image (unpacked program) and target/*.deb: a run-time image by jlink, two launchers by jpackage.
# Needs `make package` to have put the jars into target/lib, target/javafx and app/demo/target/demo-lib.
set -eu
cd "$(dirname "$0")/.."
root=$(cd ../.. && pwd)
java_home=$("$root/scripts/java-home")
version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$root/pom.xml" | head -1)
name=dead-letter-office
out=$PWD/target/package  # absolute: the start-up record holds where the jars lie, and may move only as a whole
rm -rf "$out" && mkdir -p "$out"

for tool in fakeroot dpkg-deb objcopy; do
  command -v $tool >/dev/null || { echo "make package needs $tool (Debian: fakeroot, dpkg, binutils)." >&2; exit 1; }
done

echo "run-time image"
modules=$(sed 's/#.*//; s/ .*//; /^$/d' modules.txt | paste -sd,)
"$java_home/bin/jlink" --module-path target/javafx --add-modules "$modules" \
  --no-header-files --no-man-pages --strip-debug --compress zip-6 --output "$out/runtime"

# The demo's brokers are carried beside the program, never on its class path.
cp -r target/lib "$out/input"

echo "program"
common="--enable-native-access=ALL-UNNAMED,javafx.graphics --sun-misc-unsafe-memory-access=allow"
# A start-up record that does not fit is passed over in silence; a warning on standard output would end up in a script's data.
quiet="-Xlog:disable -Xlog:all=error:stderr"
recorded="-XX:+UseSerialGC $quiet"
cat >"$out/dlo.properties" <<P
main-jar=dlo-cli-$version.jar
main-class=org.deadletteroffice.cli.Main
java-options=$common $recorded -XX:AOTCache=\$APPDIR/dlo.aot -Xmx1g
description=Dead letters from the command line
P
"$java_home/bin/jpackage" --type app-image --name $name --app-version "$version" \
  --runtime-image "$out/runtime" --input "$out/input" --dest "$out" \
  --main-jar "dlo-cli-$version.jar" --main-class org.deadletteroffice.cli.Main \
  --java-options "$common -XX:+UseG1GC -Xmx2g" --icon "$root/icons/app/dead-letter-office-256.png" \
  --add-launcher "dlo=$out/dlo.properties" \
  --vendor "Dead Letter Office" --description "A workbench for messages that could not be processed"
app="$out/$name/lib/app"
cp linux/*.desktop linux/*.metainfo.xml "$out/$name/lib/"
mkdir -p "$app/demo" && cp "$root"/app/demo/target/demo-lib/*.jar "$app/demo/"

# What the command line loads at each start, recorded once. It serves only jars of the same order, size and time: so all
# files get one time, which dpkg-deb keeps.
echo "start-up record"
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH
find "$app" -name '*.jar' -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
classpath=$(sed -n "s|^app.classpath=\$APPDIR/|$app/|p" "$app/dlo.cfg" | paste -sd:)
"$out/$name/lib/runtime/bin/java" $common $recorded -XX:AOTCacheOutput="$app/dlo.aot" -cp "$classpath" \
  org.deadletteroffice.cli.Training >"$out/aot.log" 2>&1 </dev/null || { cat "$out/aot.log" >&2; exit 1; }

echo "package"
"$java_home/bin/jpackage" --type deb --name $name --app-version "$version" --app-image "$out/$name" --dest target \
  --install-dir /opt --resource-dir linux/resources \
  --linux-package-name $name --linux-app-category devel \
  --linux-deb-maintainer "packages@deadletteroffice.org" --linux-package-deps "libgtk-3-0 | libgtk-3-0t64" \
  --license-file "$root/LICENSE" --vendor "Dead Letter Office" \
  --description "A workbench for messages that could not be processed" --about-url https://deadletteroffice.org
ls -l target/*.deb
