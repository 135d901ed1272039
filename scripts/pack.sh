#!/usr/bin/env bash
# Packs what the command line needs into FOLDER/publish-to-experience-platform-VERSION.tgz, which npm can install: dist/,
# action.yml, README.md, LICENSE, and a package.json without dependencies and scripts. The result is byte-identical on every
# machine with the same GNU tar, gzip and jq. It runs no code of ours or of npm, so a job with signing rights can use it.
set -euo pipefail

out="${1:?usage: pack.sh FOLDER}"
stage="$(mktemp -d)"
trap 'rm -rf "$stage"' EXIT

mkdir -p "$out" "$stage/package"
cp -R dist action.yml README.md LICENSE "$stage/package/"
jq '{ name, version, description, license, repository, type, engines, bin: { (.name): "dist/index.js" }, files: ["dist", "action.yml"] }' \
  package.json > "$stage/package/package.json"
name="$(jq -r '"\(.name)-\(.version).tgz"' package.json)"
chmod -R u=rwX,go=rX "$stage/package"
chmod 755 "$stage/package/dist/index.js"
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar -C "$stage" -cf - package | gzip -n9 > "$out/$name"
echo "$out/$name"
