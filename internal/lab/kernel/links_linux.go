package kernel

import (
	"fmt"
	"net"
	"net/netip"
	"os"

	"github.com/vishvananda/netlink"
)

// AddBridge makes a bridge that is up and has an address.
func (n *Netns) AddBridge(name string, addr netip.Prefix) error {
	bridge := &netlink.Bridge{LinkAttrs: netlink.LinkAttrs{Name: name}}
	if err := n.links.LinkAdd(bridge); err != nil {
		return n.fail(err, "add bridge %s", name)
	}
	if err := n.AddAddr(name, addr); err != nil {
		return err
	}
	return n.Up(name)
}

// AddVeth makes a pair of virtual Ethernet links, one end here and one end in
// the peer namespace, both up.
func (n *Netns) AddVeth(name string, peer *Netns, peerName string) error {
	veth := &netlink.Veth{
		LinkAttrs:     netlink.LinkAttrs{Name: name},
		PeerName:      peerName,
		PeerNamespace: netlink.NsFd(peer.file.Fd()),
	}
	if err := n.links.LinkAdd(veth); err != nil {
		return n.fail(err, "add link %s to %s of %s", name, peerName, peer.Name)
	}
	if err := n.Up(name); err != nil {
		return err
	}
	return peer.Up(peerName)
}

// Enslave makes link a port of bridge.
func (n *Netns) Enslave(link, bridge string) error {
	port, err := n.links.LinkByName(link)
	if err != nil {
		return n.fail(err, "find link %s", link)
	}
	master, err := n.links.LinkByName(bridge)
	if err != nil {
		return n.fail(err, "find bridge %s", bridge)
	}
	if err := n.links.LinkSetMaster(port, master); err != nil {
		return n.fail(err, "put link %s on bridge %s", link, bridge)
	}
	return nil
}

// Up switches a link on.
func (n *Netns) Up(link string) error {
	l, err := n.links.LinkByName(link)
	if err != nil {
		return n.fail(err, "find link %s", link)
	}
	if err := n.links.LinkSetUp(l); err != nil {
		return n.fail(err, "switch link %s on", link)
	}
	return nil
}

// AddAddr gives a link an address; the prefix's bits say what is on the link.
func (n *Netns) AddAddr(link string, addr netip.Prefix) error {
	l, err := n.links.LinkByName(link)
	if err != nil {
		return n.fail(err, "find link %s", link)
	}
	if err := n.links.AddrAdd(l, &netlink.Addr{IPNet: ipNet(addr)}); err != nil {
		return n.fail(err, "give link %s the address %s", link, addr)
	}
	return nil
}

// OneSegment makes the link send one wire packet per kernel packet (no
// segmentation offload), so that a capture sees every header that a wire
// would carry. It holds for connections opened later.
func (n *Netns) OneSegment(link string) error {
	l, err := n.links.LinkByName(link)
	if err != nil {
		return n.fail(err, "find link %s", link)
	}
	if err := n.links.LinkSetGSOMaxSegs(l, 1); err != nil {
		return n.fail(err, "limit link %s to one segment", link)
	}
	return nil
}

// Route is one entry of a routing table.
type Route struct {
	Destination netip.Prefix
	Via         netip.Addr
	Link        string
	// Table is the routing table, 0 for the main one.
	Table int
}

// AddRoute adds a route. The next hop need not lie in a prefix of the link.
func (n *Netns) AddRoute(r Route) error {
	l, err := n.links.LinkByName(r.Link)
	if err != nil {
		return n.fail(err, "find link %s", r.Link)
	}
	route := &netlink.Route{
		LinkIndex: l.Attrs().Index,
		Dst:       ipNet(r.Destination),
		Gw:        r.Via.AsSlice(),
		Table:     r.Table,
		Flags:     int(netlink.FLAG_ONLINK),
	}
	if err := n.links.RouteAdd(route); err != nil {
		return n.fail(err, "add route to %s via %s", r.Destination, r.Via)
	}
	return nil
}

// RouteFrom makes packets that arrive by a link look in a table of their own
// first, as a subnet's route table does.
func (n *Netns) RouteFrom(link string, table int) error {
	rule := netlink.NewRule()
	rule.IifName = link
	rule.Table = table
	rule.Priority = table
	if err := n.links.RuleAdd(rule); err != nil {
		return n.fail(err, "give link %s the route table %d", link, table)
	}
	return nil
}

// Forward makes the namespace a router.
func (n *Netns) Forward() error {
	err := n.Run(func() error { return os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0) })
	if err != nil {
		return n.fail(err, "switch forwarding on")
	}
	return nil
}

func (n *Netns) fail(err error, format string, args ...any) error {
	return fmt.Errorf("network namespace %s: %s: %w", n.Name, fmt.Sprintf(format, args...), err)
}

func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}
