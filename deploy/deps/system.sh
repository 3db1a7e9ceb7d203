#!/usr/bin/env bash
# The Debian packages that scripts and tests here use: kube-proxy's rules are laid by the
# real tools. The lab itself needs none.
set -euo pipefail
missing=()
for package in curl:curl iptables:iptables-restore nftables:nft iproute2:ip; do
	PATH="$PATH:/usr/sbin:/sbin" command -v "${package#*:}" >/dev/null || missing+=("${package%%:*}")
done
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
	echo "missing: ${missing[*]}. Install these packages (apt-get install ${missing[*]}), or run this target as root on Debian or Ubuntu." >&2
	exit 1
fi
echo "installing ${missing[*]}" >&2
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
