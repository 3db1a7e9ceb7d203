#!/bin/bash
# Runs the probe's tests on other kernels: each one given by its Debian package is
# booted in QEMU (no KVM needed) with a test binary, veth and nothing else.
#
#   bpf/kernels.sh [PACKAGE...]      default: the newest 6.1 and 6.12 cloud kernels
#
# Needs: apt-get install qemu-system-x86 busybox-static cpio. About a minute a kernel.
set -euo pipefail
cd "$(dirname "$0")/.."

# The bulk transfers are left out: an emulated processor takes minutes for them.
tests='TestTCPBytesEqualTheWire/.*/v4/[12]00x|TestLong|TestSocket|TestRoots|TestRefused|TestLoopback|TestOwner|TestPeer|TestAccepted|TestUDP|TestICMP|TestFull'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

newest() { apt-cache search --names-only "^linux-image-$1.*-cloud-amd64\$" | grep -v unsigned | awk '{print $1}' | sort -V | tail -1; }
packages=("$@")
if [ $# = 0 ]; then
	packages=("$(newest '6\.1\.')" "$(newest '6\.12\.')")
fi

# image PACKAGE: an initial file system that runs the tests and switches off.
image() {
	local tree=$work/$1 root=$work/$1/initrd module
	mkdir -p "$tree" "$root"/{bin,proc,sys,dev,tmp,lib}
	(cd "$tree" && apt-get -qq download "$1" 2>/dev/null && dpkg -x ./*.deb .)
	module=$(find "$tree" -name 'veth.ko*')
	cp "$module" "$root/lib/"
	case $module in *.xz) xz -d "$root/lib/veth.ko.xz" ;; esac
	cp "$(command -v busybox)" "$root/bin/busybox"
	cp "$work/probe.test" "$root/"
	cat >"$root/init" <<INIT
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t tmpfs tmp /tmp
mount -t cgroup2 none /sys/fs/cgroup
insmod /lib/veth.ko
EGRESSOR_REQUIRE=bpf /probe.test -test.v -test.run '$tests'
echo "exit \$? on kernel \$(uname -r)"
poweroff -f
INIT
	chmod +x "$root/init"
	(cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$tree/initrd.gz"
}

boot() {
	timeout 300 qemu-system-x86_64 -accel tcg -cpu max -m 1536 -nographic -no-reboot -nodefaults \
		-serial stdio -kernel "$work/$1"/boot/vmlinuz-* -initrd "$work/$1/initrd.gz" \
		-append 'console=ttyS0 quiet panic=-1' </dev/null
}

CGO_ENABLED=0 go test -c -o "$work/probe.test" ./agent/probe
failed=0
for package in "${packages[@]}"; do
	image "$package"
	boot "$package" | tr -d '\r' >"$work/log" || true
	grep -E '^ *--- |^exit ' "$work/log" || true
	if ! grep -q '^exit 0 on kernel' "$work/log"; then
		tail -40 "$work/log" >&2
		failed=1
	fi
done
exit $failed
