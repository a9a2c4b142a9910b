#!/bin/sh
# Plays through what happens when keys are lost or stolen, with three invented people, in a folder that goes afterwards.
# Usage: sh docs/rehearsal.sh [COMMAND]    COMMAND is how you call Auzolan, if it is not `auzolan`.
set -eu
auzolan=${1:-auzolan}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"

step() { printf '\n== %s\n' "$1"; }
refused() { if "$@"; then echo "this should have been refused"; exit 1; fi; }

step "Four keys: Anna, Berta, Carla, and Dolors, who joins later"
for name in anna berta carla dolors; do ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$name"; done
"$auzolan" init commons >/dev/null 2>&1
cd commons
"$auzolan" build 2>/dev/null

step "A trust list: two of three must sign"
"$auzolan" edition trust --signer anna=../anna.pub --signer berta=../berta.pub --signer carla=../carla.pub --threshold 2
"$auzolan" edition sign --key ../anna
"$auzolan" edition sign --key ../berta

step "An edition, signed by two"
"$auzolan" edition make --note en="The first one."
"$auzolan" edition sign --key ../anna
"$auzolan" edition sign --key ../berta

step "Carla's key is stolen: alone, the thief signs and forges nothing"
cp -r output ../forged
sed -i.bak 's/"serial": 1/"serial": 2/' ../forged/edition.json && rm ../forged/edition.json.bak
ssh-keygen -q -Y sign -n auzolan-edition -f ../carla ../forged/edition.json && mv ../forged/edition.json.sig ../forged/edition.json.carla.sig
refused "$auzolan" mirror verify ../forged

step "So Carla's key goes, and Dolors comes; Anna and Berta sign the new list, and the edition again"
"$auzolan" edition trust --remove carla --signer dolors=../dolors.pub
"$auzolan" edition sign --key ../anna
"$auzolan" edition sign --key ../berta
refused "$auzolan" edition sign --key ../carla

step "Berta loses her key: Anna and Dolors go on without her"
rm ../berta ../berta.pub
"$auzolan" edition sign --key ../dolors
"$auzolan" edition put
"$auzolan" edition status

step "Anybody verifies the copy without Auzolan"
cd output
sha256sum --check --quiet SHA256SUMS
for name in anna dolors; do
  ssh-keygen -Y verify -f trust/allowed_signers -I "$name" -n auzolan-edition -s "edition.json.$name.sig" <edition.json
done
printf '\nThat is all. Now do it with your own people, once a year.\n'
