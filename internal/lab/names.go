package lab

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/netip"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// Names of everything a lab makes on the machine begin with its prefix, so
// that labs do not collide and a dead lab's remains are found.
var validPrefix = regexp.MustCompile(`^[a-z0-9]{1,16}$`)

// netnsName is how `ip netns` shows a namespace of the lab.
func netnsName(prefix, part string) string { return "egr-" + prefix + "-" + part }

// cgroupFolder is the lab's folder below the cgroup v2 mount.
func cgroupFolder(mount, prefix string) string { return filepath.Join(mount, "egressor-lab-"+prefix) }

// runFolder holds the lab's lock, and the cgroup v2 mount where the machine
// had none.
func runFolder(prefix string) string { return "/run/egressor-lab-" + prefix }

// podFolder is the container's cgroup below the node's root, as kubelet's
// systemd driver and containerd name it for a pod of the Burstable class.
func podFolder(uid, container string) string {
	pod := strings.ReplaceAll(uid, "-", "_")
	return filepath.Join("kubepods.slice", "kubepods-burstable.slice",
		"kubepods-burstable-pod"+pod+".slice", "cri-containerd-"+container+".scope")
}

// revisionID is the key of a revision's fact.
func revisionID(w model.WorkloadRef, hash string) string {
	return fmt.Sprintf("%s/%s/%s@%s", w.Namespace, w.Kind, w.Name, hash)
}

// revisionHash stands for the pod-template hash: the same template, the same
// hash.
func revisionHash(w model.WorkloadRef, image string, number int64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%s/%s %s %d", w.Namespace, w.Kind, w.Name, image, number))
	return hex.EncodeToString(sum[:5])
}

// podName names a pod as its owner's controller does: StatefulSet pods by
// ordinal, all others with a random end.
func podName(w model.WorkloadRef, hash string, ordinal int) string {
	switch w.Kind {
	case "StatefulSet":
		return fmt.Sprintf("%s-%d", w.Name, ordinal)
	case "DaemonSet", "CronJob":
		return w.Name + "-" + randomHex(3)
	default:
		return w.Name + "-" + hash + "-" + randomHex(3)
	}
}

// newUID is a random UUID, version 4.
func newUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// randomHex is twice as many digits as bytes.
func randomHex(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// Addresses of the Nth node, counted from 1.

func podRange(n int) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 244, byte(n), 0}), 24)
}

func podAddr(n, host int) netip.Addr {
	return netip.AddrFrom4([4]byte{10, 244, byte(n), byte(host)})
}

func nodeAddr(n int) netip.Addr { return netip.AddrFrom4([4]byte{10, 0, byte(n), 10}) }

func subnetGateway(n int) netip.Addr { return netip.AddrFrom4([4]byte{10, 0, byte(n), 1}) }

// Addresses that every lab has. Labs do not see each other.
var (
	vpcRange       = netip.MustParsePrefix("10.0.0.0/8")
	anyRange       = netip.MustParsePrefix("0.0.0.0/0")
	outsideRange   = netip.MustParsePrefix("198.18.0.0/15")
	vpcToCloud     = netip.MustParseAddr("10.0.200.1")
	cloudToVPC     = netip.MustParseAddr("10.0.200.2")
	linkPrefixBits = 24
)

// Addresses and links of the Nth NAT gateway, counted from 0.

func vpcToNAT(n int) netip.Addr   { return netip.AddrFrom4([4]byte{10, 0, byte(100 + n), 1}) }
func natToVPC(n int) netip.Addr   { return netip.AddrFrom4([4]byte{10, 0, byte(100 + n), 2}) }
func natPublic(n int) netip.Addr  { return netip.AddrFrom4([4]byte{198, 18, byte(255 - n), 10}) }
func cloudToNAT(n int) netip.Addr { return netip.AddrFrom4([4]byte{198, 18, byte(255 - n), 1}) }

// natName is the namespace of a NAT gateway and the link to it.
func natName(n int) string {
	if n == 0 {
		return "nat"
	}
	return fmt.Sprintf("nat%d", n)
}
