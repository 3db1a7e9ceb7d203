package wire

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"maps"
	"net/netip"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// digestVersion is hashed first; it changes when the canonical form does.
const digestVersion = "egressor batch digest 2"

// Digest names the content of a batch: SHA-256, in hexadecimal, over a
// canonical form that depends on the model alone and not on protobuf's order
// or version. Every field but Build in the order of its declaration; text, lists and
// addresses with their length first; numbers as 8 bytes, big-endian.
func Digest(b model.Batch) string {
	c := &canonical{sum: sha256.New(), buffer: make([]byte, 0, 4096)}
	c.text(digestVersion)
	c.text(b.Agent.Cluster, b.Agent.Node, b.Boot)
	c.numbers(b.Sequence)
	c.text(string(b.Mode))
	c.times(b.CoveredFrom, b.CoveredThrough)
	c.numbers(uint64(len(b.Flows)))
	for i := range b.Flows {
		c.flow(&b.Flows[i])
	}
	c.numbers(uint64(len(b.Losses)))
	for _, l := range b.Losses {
		c.text(string(l.Reason))
		c.times(l.From, l.To)
		c.numbers(l.Flows, l.Bytes)
		c.bool(l.BytesKnown)
	}
	c.numbers(uint64(len(b.Facts)))
	for _, f := range b.Facts {
		c.fact(f)
	}
	c.flush()
	return hex.EncodeToString(c.sum.Sum(nil))
}

// canonical gathers small writes before it hashes them.
type canonical struct {
	sum    hash.Hash
	buffer []byte
}

func (c *canonical) flush() {
	_, _ = c.sum.Write(c.buffer) // a hash never fails
	c.buffer = c.buffer[:0]
}

func (c *canonical) text(texts ...string) {
	for _, text := range texts {
		c.numbers(uint64(len(text)))
		c.buffer = append(c.buffer, text...)
	}
}

func (c *canonical) numbers(numbers ...uint64) {
	if len(c.buffer) > 3072 {
		c.flush()
	}
	for _, n := range numbers {
		c.buffer = binary.BigEndian.AppendUint64(c.buffer, n)
	}
}

func (c *canonical) bool(b bool) {
	if b {
		c.numbers(1)
		return
	}
	c.numbers(0)
}

// times writes seconds and nanoseconds: every time.Time has them, the zero one too.
func (c *canonical) times(times ...time.Time) {
	for _, t := range times {
		c.numbers(uint64(t.Unix()), uint64(t.Nanosecond()))
	}
}

func (c *canonical) addrs(addrs ...netip.Addr) {
	for _, a := range addrs {
		a = a.WithZone("")
		c.numbers(uint64(a.BitLen()))
		if a.IsValid() {
			whole := a.As16()
			c.buffer = append(c.buffer, whole[:]...)
		}
	}
}

func (c *canonical) flow(f *model.FlowRow) {
	c.numbers(uint64(f.Local.Kind))
	c.text(f.Local.ID)
	c.addrs(f.LocalAddr, f.RemoteAddr, f.VirtualAddr)
	c.numbers(uint64(f.VirtualPort), uint64(f.ServerPort), uint64(f.Protocol), uint64(f.Role))
	c.times(f.WindowStart)
	c.numbers(uint64(f.WindowLength))
	for _, n := range []model.Counts{f.Sent, f.Received} {
		c.numbers(n.WireBytes, n.PayloadBytes, n.Packets, n.RetransmittedPackets)
	}
	c.numbers(uint64(f.Connections), uint64(f.RTTMicros))
}

func (c *canonical) fact(f model.Fact) {
	c.text(string(f.Kind), f.Key)
	c.times(f.Period.From, f.Period.To, f.Recorded)
	c.text(f.Source)
	if p := f.Pod; p != nil {
		c.text(p.Cluster, p.Namespace, p.Name, p.Node)
		c.addrList(p.Addrs)
		c.bool(p.HostNetwork)
		c.workload(p.Workload)
		c.text(p.Revision)
		c.numbers(uint64(len(p.Labels)))
		for _, key := range slices.Sorted(maps.Keys(p.Labels)) {
			c.text(key, p.Labels[key])
		}
	}
	if n := f.Node; n != nil {
		c.text(n.Cluster, n.Name)
		c.addrList(n.Addrs)
		c.place(n.Place)
		c.text(n.Subnet)
	}
	if s := f.Service; s != nil {
		c.text(s.Cluster, s.Namespace, s.Name)
		c.addrList(s.Addrs)
	}
	c.outside(f)
}

// outside writes the bodies that are no pod, node or Service.
func (c *canonical) outside(f model.Fact) {
	if r := f.Revision; r != nil {
		c.text(r.Cluster)
		c.workload(r.Workload)
		c.text(r.Hash)
		c.numbers(uint64(r.Number), uint64(len(r.Images)))
		c.text(r.Images...)
		c.times(r.RolledOut)
		c.text(r.ChangedBy, r.Cause, r.GitCommit, r.Team)
	}
	if e := f.Endpoint; e != nil {
		c.text(e.Class, e.Name)
		c.numbers(uint64(len(e.CIDRs)))
		for _, prefix := range e.CIDRs {
			c.addrs(prefix.Addr())
			c.numbers(uint64(prefix.Bits()))
		}
		c.place(e.Place)
	}
	if r := f.Route; r != nil {
		c.text(r.Subnet)
		c.addrs(r.Destination.Addr())
		c.numbers(uint64(r.Destination.Bits()))
		c.text(r.EndpointClass, string(r.Path.Kind), r.Path.Via, r.Path.ViaZone)
		c.bool(r.Path.Assumed)
	}
}

func (c *canonical) addrList(addrs []netip.Addr) {
	c.numbers(uint64(len(addrs)))
	c.addrs(addrs...)
}

func (c *canonical) place(p model.Place) { c.text(p.Provider, p.Region, p.Zone, p.Network, p.Account) }

func (c *canonical) workload(w model.WorkloadRef) { c.text(w.Namespace, w.Kind, w.Name) }
