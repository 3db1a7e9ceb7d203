package app

import (
	"fmt"
	"net/netip"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
)

// nodeAddrs lists the addresses of the node's network namespace, given by its
// file, "" for the caller's own.
func nodeAddrs(namespace string) ([]netip.Addr, error) {
	handle, err := netlinkAt(namespace)
	if err != nil {
		return nil, fmt.Errorf("addresses of network namespace %q: %w: is --node-netns right?", namespace, err)
	}
	defer handle.Close()
	list, err := handle.AddrList(nil, netlink.FAMILY_ALL)
	if err != nil {
		return nil, fmt.Errorf("addresses of network namespace %q: %w", namespace, err)
	}
	var addrs []netip.Addr
	for _, entry := range list {
		if addr, ok := netip.AddrFromSlice(entry.IP); ok {
			addrs = append(addrs, addr.Unmap())
		}
	}
	return addrs, nil
}

func netlinkAt(namespace string) (*netlink.Handle, error) {
	if namespace == "" {
		return netlink.NewHandle()
	}
	ns, err := netns.GetFromPath(namespace)
	if err != nil {
		return nil, err
	}
	defer func() { _ = ns.Close() }()
	return netlink.NewHandleAt(ns)
}
