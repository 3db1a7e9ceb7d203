package probe

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
)

// The addresses of the two ends.
var (
	clientV4 = netip.MustParsePrefix("10.244.1.2/24")
	serverV4 = netip.MustParsePrefix("10.244.1.3/24")
	clientV6 = netip.MustParsePrefix("fd00:244::2/64")
	serverV6 = netip.MustParsePrefix("fd00:244::3/64")
)

// Two pods' UIDs and cgroups as kubelet's two drivers name them.
const (
	clientUID = "11111111-2222-3333-4444-555555555555"
	serverUID = "66666666-7777-8888-9999-aaaaaaaaaaaa"
)

// bench is two network namespaces on a veth pair, and a cgroup for either end,
// all below one cgroup of its own.
type bench struct {
	tb                     testing.TB
	root                   string // cgroup of both
	clientGroup            string
	serverGroup            string
	clientNetNS, serverNet netns.NsHandle
}

// veth is the name of the interface in either namespace.
const veth = "eth0"

func newBench(tb testing.TB) *bench {
	tb.Helper()
	testkit.Require(tb, "bpf", missingCapabilities("/proc/self/status"))
	mount, err := cgroup2Mount("/proc/self/mounts")
	testkit.Require(tb, "bpf", err)

	root, err := os.MkdirTemp(mount, "egressor-probe-test-")
	testkit.Require(tb, "bpf", err)
	check(tb, os.Chmod(root, 0o755))
	b := &bench{
		tb:          tb,
		root:        root,
		clientGroup: filepath.Join(root, "kubepods", "burstable", "pod"+clientUID, "c1"),
		serverGroup: filepath.Join(root, "kubepods.slice", "kubepods-pod66666666_7777_8888_9999_aaaaaaaaaaaa.slice", "cri-containerd-c2.scope"),
	}
	tb.Cleanup(b.removeCgroups)
	for _, dir := range []string{b.clientGroup, b.serverGroup} {
		check(tb, os.MkdirAll(dir, 0o755))
	}
	b.makeNetwork()
	return b
}

func (b *bench) removeCgroups() {
	var dirs []string
	_ = filepath.WalkDir(b.root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			dirs = append(dirs, path)
		}
		return nil
	})
	for i := len(dirs) - 1; i >= 0; i-- {
		if err := os.Remove(dirs[i]); err != nil {
			b.tb.Errorf("test cgroup left behind: %v", err)
		}
	}
}

func (b *bench) makeNetwork() {
	b.clientNetNS, b.serverNet = newNetNS(b.tb), newNetNS(b.tb)
	b.in(b.clientNetNS, func() {
		link := &netlink.Veth{
			LinkAttrs:     netlink.LinkAttrs{Name: veth, GSOMaxSegs: 1},
			PeerName:      veth,
			PeerNamespace: netlink.NsFd(b.serverNet),
		}
		check(b.tb, netlink.LinkAdd(link))
		b.configure(clientV4, clientV6)
	})
	b.in(b.serverNet, func() { b.configure(serverV4, serverV6) })
}

// configure sets up the interface so that one buffer is one packet on the wire:
// then a capture on it counts what a wire would carry.
func (b *bench) configure(addrs ...netip.Prefix) {
	link, err := netlink.LinkByName(veth)
	check(b.tb, err)
	check(b.tb, netlink.LinkSetGSOMaxSegs(link, 1))
	for _, addr := range addrs {
		network := net.IPNet{
			IP:   addr.Addr().AsSlice(),
			Mask: net.CIDRMask(addr.Bits(), addr.Addr().BitLen()),
		}
		// No duplicate address detection: the address is usable at once.
		check(b.tb, netlink.AddrAdd(link, &netlink.Addr{IPNet: &network, Flags: 0x02}))
	}
	check(b.tb, netlink.LinkSetUp(link))
	lo, err := netlink.LinkByName("lo")
	check(b.tb, err)
	check(b.tb, netlink.LinkSetUp(lo))
}

func newNetNS(tb testing.TB) netns.NsHandle {
	tb.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	home, err := netns.Get()
	check(tb, err)
	defer home.Close()
	made, err := netns.New()
	check(tb, err)
	check(tb, netns.Set(home))
	tb.Cleanup(func() { _ = made.Close() })
	return made
}

// in runs work in a network namespace. Sockets made by work stay in it.
func (b *bench) in(where netns.NsHandle, work func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	home, err := netns.Get()
	check(b.tb, err)
	defer home.Close()
	check(b.tb, netns.Set(where))
	defer func() { check(b.tb, netns.Set(home)) }()
	work()
}

// as runs work with the whole process in a cgroup. Sockets made by work belong
// to that cgroup for ever.
func (b *bench) as(group string, work func()) {
	self := []byte(strconv.Itoa(os.Getpid()))
	join := func(dir string) {
		check(b.tb, os.WriteFile(filepath.Join(dir, "cgroup.procs"), self, 0o644))
	}
	join(group)
	defer join(filepath.Dir(b.root))
	work()
}

// asServer and asClient run work in the cgroup and the namespace of an end.
func (b *bench) asServer(work func()) { b.as(b.serverGroup, func() { b.in(b.serverNet, work) }) }
func (b *bench) asClient(work func()) { b.as(b.clientGroup, func() { b.in(b.clientNetNS, work) }) }

func (b *bench) open(config Config) *Probe {
	b.tb.Helper()
	if config.CgroupRoot == "" {
		config.CgroupRoot = b.root
	}
	probe, err := Open(config)
	testkit.Require(b.tb, "bpf", err)
	b.tb.Cleanup(func() { check(b.tb, probe.Close()) })
	return probe
}

func (b *bench) read(probe *Probe) Reading {
	b.tb.Helper()
	reading, err := probe.Read(b.tb.Context())
	check(b.tb, err)
	return reading
}

// latest keeps the last state of every counter over several readings.
type latest struct {
	counters map[uint64]Counter
	losses   []Loss
	skipped  Skipped
}

func newLatest() *latest { return &latest{counters: map[uint64]Counter{}} }

// add takes a reading over, and fails when a counter fell or came back.
func (l *latest) add(tb testing.TB, reading Reading) {
	tb.Helper()
	seen := map[uint64]bool{}
	for _, counter := range reading.Counters {
		before := l.counters[counter.ID]
		if seen[counter.ID] || before.Final {
			tb.Errorf("counter %d again after its end: %+v", counter.ID, counter)
		}
		if fell(before.Sent, counter.Sent) || fell(before.Received, counter.Received) {
			tb.Errorf("counter %d fell from %+v to %+v", counter.ID, before, counter)
		}
		seen[counter.ID] = true
		l.counters[counter.ID] = counter
	}
	l.losses = append(l.losses, reading.Losses...)
	l.skipped.LoopbackSockets += reading.Skipped.LoopbackSockets
	l.skipped.LoopbackPackets += reading.Skipped.LoopbackPackets
	l.skipped.FoldedPackets += reading.Skipped.FoldedPackets
}

func fell(before, after model.Counts) bool {
	return after.WireBytes < before.WireBytes || after.PayloadBytes < before.PayloadBytes || after.Packets < before.Packets
}

// of sums the counters of one pod, protocol and role.
func (l *latest) of(uid string, protocol model.Protocol, role model.Role) total {
	var sum total
	for _, counter := range l.counters {
		if counter.Key.Local != (model.LocalEnd{Kind: model.LocalPod, ID: uid}) ||
			counter.Key.Protocol != protocol || counter.Key.Role != role {
			continue
		}
		sum.counters++
		if counter.Final {
			sum.final++
		}
		sum.sent = sum.sent.Add(counter.Sent)
		sum.received = sum.received.Add(counter.Received)
	}
	return sum
}

// total is the sum of some counters.
type total struct {
	counters, final int
	sent, received  model.Counts
}

// await reads until done says so. It fails the test after half a minute.
func (b *bench) await(probe *Probe, all *latest, what string, done func() bool) {
	b.tb.Helper()
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		all.add(b.tb, b.read(probe))
		if done() {
			return
		}
		select {
		case <-again.C:
		case <-deadline.C:
			for _, counter := range all.counters {
				b.tb.Logf("%+v", counter)
			}
			b.tb.Fatalf("waited 30 s in vain for %s", what)
		}
	}
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// family is one way to reach the server.
type family struct {
	name    string
	address netip.Addr
	version int
}

var families = []family{
	{"v4", serverV4.Addr(), 4},
	{"v6", serverV6.Addr(), 6},
}

// header is the length of a packet without payload, once timestamps are agreed on.
func (f family) header() uint64 {
	if f.version == 6 {
		return 72
	}
	return 52
}

// onOneCPU keeps every thread of the process on one processor until the test
// ends. A veth hands a packet over on the sender's processor: a sender that
// moves reorders its packets, and TCP retransmits some that were not lost.
func onOneCPU(tb testing.TB) {
	tb.Helper()
	var all, one unix.CPUSet
	check(tb, unix.SchedGetaffinity(0, &all))
	for cpu := range 1024 {
		if all.IsSet(cpu) {
			one.Set(cpu)
			break
		}
	}
	setAffinity(tb, &one)
	tb.Cleanup(func() { setAffinity(tb, &all) })
}

func setAffinity(tb testing.TB, cpus *unix.CPUSet) {
	tb.Helper()
	threads, err := os.ReadDir("/proc/self/task")
	check(tb, err)
	for _, thread := range threads {
		id, err := strconv.Atoi(thread.Name())
		check(tb, err)
		if err := unix.SchedSetaffinity(id, cpus); err != nil && !errors.Is(err, unix.ESRCH) {
			tb.Fatalf("affinity of thread %d: %v", id, err)
		}
	}
}
