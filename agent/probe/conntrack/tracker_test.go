package conntrack

import (
	"fmt"
	"maps"
	"net"
	"net/netip"
	"runtime"
	"testing"
	"time"

	"github.com/google/nftables"
	"github.com/google/nftables/expr"
	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
)

var (
	service = netip.MustParseAddrPort("10.96.0.10:80")
	client  = netip.MustParseAddr("10.244.9.9") // on lo: leaves masqueraded
	node    = netip.MustParseAddr("10.244.1.2")
	backend = netip.MustParseAddr("10.244.1.3")
)

// nat is a node whose rules send a Service's address to a backend, and
// masquerade a client that the backend could not answer.
type nat struct {
	tb             testing.TB
	node, backend  netns.NsHandle
	listener       net.Listener
	backendAddress netip.AddrPort
}

func newNAT(tb testing.TB) *nat {
	tb.Helper()
	if unix.Geteuid() != 0 {
		testkit.Require(tb, "bpf", fmt.Errorf("network namespaces need root"))
	}
	n := &nat{tb: tb, node: newNetNS(tb), backend: newNetNS(tb)}
	n.in(n.node, func() {
		check(tb, netlink.LinkAdd(&netlink.Veth{
			LinkAttrs:     netlink.LinkAttrs{Name: "eth0"},
			PeerName:      "eth0",
			PeerNamespace: netlink.NsFd(n.backend),
		}))
		addAddress(tb, "lo", netip.PrefixFrom(client, 32))
		eth0 := addAddress(tb, "eth0", netip.PrefixFrom(node, 24))
		check(tb, netlink.RouteAdd(&netlink.Route{LinkIndex: eth0.Attrs().Index, Dst: network(netip.MustParsePrefix("10.96.0.0/16"))}))
	})
	n.in(n.backend, func() {
		addAddress(tb, "eth0", netip.PrefixFrom(backend, 24))
		var err error
		n.listener, err = net.Listen("tcp4", netip.AddrPortFrom(backend, 0).String())
		check(tb, err)
	})
	tb.Cleanup(func() { _ = n.listener.Close() })
	n.backendAddress = n.listener.Addr().(*net.TCPAddr).AddrPort()
	n.in(n.node, n.addRules)
	return n
}

func (n *nat) addRules() {
	rules, err := nftables.New()
	check(n.tb, err)
	table := rules.AddTable(&nftables.Table{Family: nftables.TableFamilyIPv4, Name: "nat"})
	output := rules.AddChain(&nftables.Chain{
		Name: "output", Table: table, Type: nftables.ChainTypeNAT,
		Hooknum: nftables.ChainHookOutput, Priority: nftables.ChainPriorityNATDest,
	})
	postrouting := rules.AddChain(&nftables.Chain{
		Name: "postrouting", Table: table, Type: nftables.ChainTypeNAT,
		Hooknum: nftables.ChainHookPostrouting, Priority: nftables.ChainPriorityNATSource,
	})
	address, port := service.Addr().As4(), n.backendAddress.Port()
	to := n.backendAddress.Addr().Unmap().As4()
	rules.AddRule(&nftables.Rule{Table: table, Chain: output, Exprs: []expr.Any{
		&expr.Payload{DestRegister: 1, Base: expr.PayloadBaseNetworkHeader, Offset: 16, Len: 4},
		&expr.Cmp{Op: expr.CmpOpEq, Register: 1, Data: address[:]},
		&expr.Immediate{Register: 1, Data: to[:]},
		&expr.Immediate{Register: 2, Data: []byte{byte(port >> 8), byte(port)}},
		&expr.NAT{Type: expr.NATTypeDestNAT, Family: unix.NFPROTO_IPV4, RegAddrMin: 1, RegProtoMin: 2},
	}})
	from := client.As4()
	rules.AddRule(&nftables.Rule{Table: table, Chain: postrouting, Exprs: []expr.Any{
		&expr.Payload{DestRegister: 1, Base: expr.PayloadBaseNetworkHeader, Offset: 12, Len: 4},
		&expr.Cmp{Op: expr.CmpOpEq, Register: 1, Data: from[:]},
		&expr.Masq{},
	}})
	check(n.tb, rules.Flush())
}

// dial opens a connection on the node and returns both ends.
func (n *nat) dial(from netip.Addr, to netip.AddrPort) (near, far net.Conn) {
	n.tb.Helper()
	n.in(n.node, func() {
		dialer := net.Dialer{LocalAddr: net.TCPAddrFromAddrPort(netip.AddrPortFrom(from, 0)), Timeout: 5 * time.Second}
		var err error
		near, err = dialer.Dial("tcp4", to.String())
		check(n.tb, err)
	})
	far, err := n.listener.Accept()
	check(n.tb, err)
	n.tb.Cleanup(func() { _, _ = near.Close(), far.Close() })
	return near, far
}

// track opens a tracker in the node's namespace, by path.
func (n *nat) track(limit int) *Tracker {
	n.tb.Helper()
	tracker, err := Open(fmt.Sprintf("/proc/self/fd/%d", int(n.node)), limit)
	testkit.Require(n.tb, "bpf", err)
	n.tb.Cleanup(func() { check(n.tb, tracker.Close()) })
	return tracker
}

func flowOf(near net.Conn) Flow {
	return Flow{
		Protocol: model.TCP,
		Client:   near.LocalAddr().(*net.TCPAddr).AddrPort(),
		Dialled:  near.RemoteAddr().(*net.TCPAddr).AddrPort(),
	}
}

func TestServiceAddressLeadsToItsBackend(t *testing.T) {
	n := newNAT(t)
	near, _ := n.dial(node, service)
	tracker := n.track(0) // after the connection: only the dump can know
	check(t, tracker.Refresh(t.Context()))
	got, ok := tracker.OfClient(flowOf(near))
	want := Translation{Flow: flowOf(near), Backend: n.backendAddress, Seen: flowOf(near).Client}
	if !ok || got != want {
		t.Errorf("translation %+v (%t), want %+v", got, ok, want)
	}
}

func TestMasqueradedClientIsFoundFromBothEnds(t *testing.T) {
	n := newNAT(t)
	tracker := n.track(0)
	near, far := n.dial(client, service)
	check(t, tracker.Refresh(t.Context()))
	seen := far.RemoteAddr().(*net.TCPAddr).AddrPort()
	want := Translation{Flow: flowOf(near), Backend: n.backendAddress, Seen: seen}
	if got, ok := tracker.OfClient(flowOf(near)); !ok || got != want {
		t.Errorf("from the client: %+v (%t), want %+v", got, ok, want)
	}
	if got, ok := tracker.OfServer(Flow{model.TCP, seen, n.backendAddress}); !ok || got != want {
		t.Errorf("from the server: %+v (%t), want %+v", got, ok, want)
	}
	if seen.Addr() != node {
		t.Errorf("the backend sees %s: the rule did not masquerade, and the test proves nothing", seen)
	}
}

func TestConnectionWithoutTranslationIsNotHeld(t *testing.T) {
	n := newNAT(t)
	tracker := n.track(0)
	near, _ := n.dial(node, n.backendAddress)
	check(t, tracker.Refresh(t.Context()))
	if got, ok := tracker.OfClient(flowOf(near)); ok {
		t.Errorf("a direct connection has the translation %+v", got)
	}
}

// The node knows at which port a connection left it, translated or not; one that
// nobody asked for is left out.
func TestPortsAreThoseThatConnectionsLeaveWith(t *testing.T) {
	n := newNAT(t)
	tracker := n.track(0)
	direct, _ := n.dial(node, n.backendAddress)
	translated, _ := n.dial(node, service)
	n.dial(node, service)
	wanted := map[Reached]bool{{model.TCP, netip.AddrPortFrom(node, 1), backend}: true}
	want := map[Reached]uint16{}
	for _, near := range []net.Conn{direct, translated} {
		reached := Reached{model.TCP, flowOf(near).Client, backend}
		wanted[reached], want[reached] = true, n.backendAddress.Port()
	}
	got, err := tracker.Ports(t.Context(), wanted)
	check(t, err)
	if !maps.Equal(got, want) {
		t.Errorf("ports %v, want %v", got, want)
	}
}

func TestEventsTellBetweenRefreshes(t *testing.T) {
	n := newNAT(t)
	tracker := n.track(0)
	near, _ := n.dial(node, service)
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	again := time.NewTicker(time.Millisecond)
	defer again.Stop()
	for {
		if _, ok := tracker.OfClient(flowOf(near)); ok {
			return
		}
		select {
		case <-again.C:
		case <-deadline.C:
			t.Fatalf("no event of %+v in 30 s; %+v", flowOf(near), tracker.Stats())
		}
	}
}

func TestLimitIsCounted(t *testing.T) {
	n := newNAT(t)
	for range 5 {
		n.dial(node, service)
	}
	tracker := n.track(2)
	check(t, tracker.Refresh(t.Context()))
	if got := tracker.Stats(); got.Refused != 3 || got.Malformed != 0 {
		t.Errorf("five translations with room for two: %+v, want 3 refused", got)
	}
}

func TestOpenSaysWhatIsMissing(t *testing.T) {
	if _, err := Open("/proc/absent/ns/net", 0); err == nil {
		t.Error("an absent namespace is opened")
	}
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

func (n *nat) in(where netns.NsHandle, work func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	home, err := netns.Get()
	check(n.tb, err)
	defer home.Close()
	check(n.tb, netns.Set(where))
	defer func() { check(n.tb, netns.Set(home)) }()
	work()
}

func addAddress(tb testing.TB, name string, addr netip.Prefix) netlink.Link {
	tb.Helper()
	link, err := netlink.LinkByName(name)
	check(tb, err)
	check(tb, netlink.AddrAdd(link, &netlink.Addr{IPNet: network(addr)}))
	check(tb, netlink.LinkSetUp(link))
	return link
}

func network(prefix netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: prefix.Addr().AsSlice(), Mask: net.CIDRMask(prefix.Bits(), prefix.Addr().BitLen())}
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
