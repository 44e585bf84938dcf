#!/bin/sh
# Builds target/image (unpacked program) and target/*.deb: a run-time image by jlink, two launchers by jpackage.
# Needs `make package` to have put the jars into target/lib, target/javafx and app/demo/target/demo-lib.
set -eu
cd "$(dirname "$0")/.."
root=$(cd ../.. && pwd)
java_home=$("$root/scripts/java-home")
version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$root/pom.xml" | head -1)
name=dead-letter-office
out=target/package
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
options="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:AOTCache=\$APPDIR/dlo.aot -XX:AOTMode=auto"
common="--enable-native-access=ALL-UNNAMED,javafx.graphics --sun-misc-unsafe-memory-access=allow"
cat >"$out/dlo.properties" <<P
main-jar=dlo-cli-$version.jar
main-class=org.deadletteroffice.cli.Main
java-options=$common $options -Xmx1g
description=Dead letters from the command line
linux-shortcut=false
P
"$java_home/bin/jpackage" --type app-image --name $name --app-version "$version" \
  --runtime-image "$out/runtime" --input "$out/input" --dest "$out" \
  --main-jar "dlo-desktop-$version.jar" --main-class org.deadletteroffice.desktop.Main \
  --java-options "$common -XX:+UseG1GC -Xmx2g" --icon "$root/icons/app/dead-letter-office-256.png" \
  --add-launcher "dlo=$out/dlo.properties" \
  --vendor "Dead Letter Office" --description "A workbench for messages that could not be processed"
app="$out/$name/lib/app"
mkdir -p "$app/demo" && cp "$root"/app/demo/target/demo-lib/*.jar "$app/demo/"

# What the command line loads at each start, recorded once. The class path is the package's own, so the record fits it.
echo "start-up record"
classpath=$(sed -n "s|^app.classpath=\$APPDIR/|$app/|p" "$app/dlo.cfg" | paste -sd:)
home=$(mktemp -d)
DLO_HOME="$home" "$out/$name/lib/runtime/bin/java" $common -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -XX:AOTCacheOutput="$app/dlo.aot" -cp "$classpath" org.deadletteroffice.cli.Main profiles list >/dev/null 2>"$out/aot.log" ||
  { cat "$out/aot.log" >&2; exit 1; }
rm -rf "$home"

echo "package"
"$java_home/bin/jpackage" --type deb --name $name --app-version "$version" --app-image "$out/$name" --dest target \
  --install-dir /opt --resource-dir linux/resources \
  --linux-package-name $name --linux-shortcut --linux-menu-group Development --linux-app-category devel \
  --linux-deb-maintainer "packages@deadletteroffice.org" --linux-package-deps "libgtk-3-0 | libgtk-3-0t64" \
  --license-file "$root/LICENSE" --vendor "Dead Letter Office" \
  --description "A workbench for messages that could not be processed" --about-url https://deadletteroffice.org
ls -l target/*.deb
