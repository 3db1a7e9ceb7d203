package kernel

import (
	"fmt"
	"net/netip"

	"github.com/google/nftables"
	"github.com/google/nftables/binaryutil"
	"github.com/google/nftables/expr"
	"golang.org/x/sys/unix"
)

const tableName = "egressor-lab"

// Service is a virtual address that is translated to one of its backends, each
// in turn.
type Service struct {
	Addr     netip.Addr
	Port     uint16
	Protocol uint8 // IANA number
	Backends []netip.AddrPort
}

// SetServices replaces the namespace's service translations in one step, as
// kube-proxy's nftables mode does it: no packet sees half of them. A service
// without backends is not translated.
func (n *Netns) SetServices(services []Service) error {
	conn, err := n.nftables()
	if err != nil {
		return err
	}
	table := replaceTable(conn)
	backends := conn.AddChain(&nftables.Chain{Name: "services", Table: table})
	for name, hook := range map[string]*nftables.ChainHook{
		"prerouting": nftables.ChainHookPrerouting,
		"output":     nftables.ChainHookOutput,
	} {
		chain := conn.AddChain(&nftables.Chain{
			Name: name, Table: table, Type: nftables.ChainTypeNAT, Hooknum: hook, Priority: nftables.ChainPriorityNATDest,
		})
		conn.AddRule(&nftables.Rule{Table: table, Chain: chain, Exprs: []expr.Any{
			&expr.Verdict{Kind: expr.VerdictJump, Chain: backends.Name},
		}})
	}
	for _, service := range services {
		for i, backend := range service.Backends {
			exprs := append(matchService(service), everyNth(len(service.Backends)-i)...)
			exprs = append(exprs, translateTo(backend)...)
			conn.AddRule(&nftables.Rule{Table: table, Chain: backends, Exprs: exprs})
		}
	}
	if err := conn.Flush(); err != nil {
		return n.fail(err, "set %d services by nftables", len(services))
	}
	return nil
}

// Masquerade gives everything that leaves by link the link's own address, as a
// NAT gateway does.
func (n *Netns) Masquerade(link string) error {
	conn, err := n.nftables()
	if err != nil {
		return err
	}
	table := replaceTable(conn)
	chain := conn.AddChain(&nftables.Chain{
		Name: "postrouting", Table: table, Type: nftables.ChainTypeNAT,
		Hooknum: nftables.ChainHookPostrouting, Priority: nftables.ChainPriorityNATSource,
	})
	conn.AddRule(&nftables.Rule{Table: table, Chain: chain, Exprs: []expr.Any{
		&expr.Meta{Key: expr.MetaKeyOIFNAME, Register: 1},
		&expr.Cmp{Op: expr.CmpOpEq, Register: 1, Data: interfaceName(link)},
		&expr.Masq{},
	}})
	if err := conn.Flush(); err != nil {
		return n.fail(err, "masquerade what leaves by %s by nftables", link)
	}
	return nil
}

func (n *Netns) nftables() (*nftables.Conn, error) {
	conn, err := nftables.New(nftables.WithNetNSFd(int(n.file.Fd())))
	if err != nil {
		return nil, n.fail(err, "open nftables")
	}
	return conn, nil
}

// replaceTable queues an empty table in the place of the one before. A table
// must exist to be deleted, hence it is added first.
func replaceTable(conn *nftables.Conn) *nftables.Table {
	table := &nftables.Table{Name: tableName, Family: nftables.TableFamilyIPv4}
	conn.AddTable(table)
	conn.DelTable(table)
	return conn.AddTable(table)
}

// matchService compares protocol, destination address and destination port.
func matchService(s Service) []expr.Any {
	const destinationAddress, destinationPort = 16, 2 // offsets in the IPv4 and the transport header
	return []expr.Any{
		&expr.Meta{Key: expr.MetaKeyL4PROTO, Register: 1},
		&expr.Cmp{Op: expr.CmpOpEq, Register: 1, Data: []byte{s.Protocol}},
		&expr.Payload{DestRegister: 1, Base: expr.PayloadBaseNetworkHeader, Offset: destinationAddress, Len: 4},
		&expr.Cmp{Op: expr.CmpOpEq, Register: 1, Data: s.Addr.AsSlice()},
		&expr.Payload{DestRegister: 1, Base: expr.PayloadBaseTransportHeader, Offset: destinationPort, Len: 2},
		&expr.Cmp{Op: expr.CmpOpEq, Register: 1, Data: binaryutil.BigEndian.PutUint16(s.Port)},
	}
}

// everyNth lets every nth connection that reaches the rule pass. The first of
// three backends takes every third, the second every second of the rest, the
// last all that remain: a fair round robin.
func everyNth(n int) []expr.Any {
	if n == 1 {
		return nil
	}
	return []expr.Any{
		&expr.Numgen{Register: 1, Modulus: uint32(n), Type: unix.NFT_NG_INCREMENTAL},
		&expr.Cmp{Op: expr.CmpOpEq, Register: 1, Data: binaryutil.NativeEndian.PutUint32(0)},
	}
}

func translateTo(backend netip.AddrPort) []expr.Any {
	return []expr.Any{
		&expr.Immediate{Register: 1, Data: backend.Addr().AsSlice()},
		&expr.Immediate{Register: 2, Data: binaryutil.BigEndian.PutUint16(backend.Port())},
		&expr.NAT{Type: expr.NATTypeDestNAT, Family: unix.NFPROTO_IPV4, RegAddrMin: 1, RegProtoMin: 2},
	}
}

// interfaceName is a link's name as nftables compares it: padded with zeros to
// the kernel's IFNAMSIZ.
func interfaceName(name string) []byte {
	padded := make([]byte, unix.IFNAMSIZ)
	copy(padded, name)
	return padded
}

// ProbeNAT reports why this kernel cannot translate addresses, nil if it can.
// It tries in a nameless namespace that is gone when it returns.
func ProbeNAT() error {
	return onOwnThread(func() error {
		if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
			return fmt.Errorf("this process may not make network namespaces (CAP_SYS_ADMIN): %w", err)
		}
		conn, err := nftables.New()
		if err != nil {
			return fmt.Errorf("nftables cannot be opened: %w", err)
		}
		table := conn.AddTable(&nftables.Table{Name: tableName, Family: nftables.TableFamilyIPv4})
		chain := conn.AddChain(&nftables.Chain{
			Name: "probe", Table: table, Type: nftables.ChainTypeNAT,
			Hooknum: nftables.ChainHookPostrouting, Priority: nftables.ChainPriorityNATSource,
		})
		conn.AddRule(&nftables.Rule{Table: table, Chain: chain, Exprs: []expr.Any{&expr.Masq{}}})
		if err := conn.Flush(); err != nil {
			return fmt.Errorf("the kernel has no nftables address translation (modules nf_tables, nft_masq): %w", err)
		}
		return nil
	})
}
