package wire

import (
	"fmt"
	"net/netip"

	"google.golang.org/protobuf/proto"

	"github.com/egressor/egressor/internal/model"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

// Encode returns the batch as one protobuf message. Equal batches give equal
// bytes. It fails on a time outside the years 1678 to 2262, on a fact without
// the body that its kind names, and on text that is not UTF-8.
func Encode(b model.Batch) ([]byte, error) {
	message, err := toProto(b)
	if err != nil {
		return nil, fmt.Errorf("encode batch %s %s/%d: %w", b.Agent, b.Boot, b.Sequence, err)
	}
	data, err := proto.MarshalOptions{Deterministic: true}.Marshal(message)
	if err != nil {
		return nil, fmt.Errorf("encode batch %s %s/%d: %w", b.Agent, b.Boot, b.Sequence, err)
	}
	return data, nil
}

func toProto(b model.Batch) (*pb.Batch, error) {
	from, err := timeToNanos(b.CoveredFrom)
	if err != nil {
		return nil, fmt.Errorf("covered from: %w", err)
	}
	through, err := timeToNanos(b.CoveredThrough)
	if err != nil {
		return nil, fmt.Errorf("covered through: %w", err)
	}
	message := &pb.Batch{
		Cluster: b.Agent.Cluster, Node: b.Agent.Node, Boot: b.Boot, Sequence: b.Sequence,
		Mode: string(b.Mode), Build: b.Build, CoveredFrom: from, CoveredThrough: through,
	}
	e := &encoder{
		strings:   newDictionary[string](16),
		addresses: newDictionary[netip.Addr](len(b.Flows)),
	}
	if message.Flows, err = e.flows(b.Flows, from); err != nil {
		return nil, err
	}
	if message.Losses, err = e.losses(b.Losses); err != nil {
		return nil, err
	}
	for i, fact := range b.Facts {
		f, err := factToProto(fact)
		if err != nil {
			return nil, fmt.Errorf("fact %d, %s %q: %w", i, fact.Kind, fact.Key, err)
		}
		message.Facts = append(message.Facts, f)
	}
	message.Strings = e.strings.values
	message.Addresses = addrsToBytes(e.addresses.values)
	return message, nil
}

func (e *encoder) flows(rows []model.FlowRow, base int64) (*pb.Flows, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	f := newFlows(len(rows))
	for i := range rows {
		row := &rows[i]
		start, err := timeToNanos(row.WindowStart)
		if err != nil {
			return nil, fmt.Errorf("flow %d: window start: %w", i, err)
		}
		f.LocalKind[i] = uint32(row.Local.Kind)
		f.LocalId[i] = e.strings.add(row.Local.ID)
		f.LocalAddress[i] = e.address(row.LocalAddr)
		f.RemoteAddress[i] = e.address(row.RemoteAddr)
		f.VirtualAddress[i] = e.address(row.VirtualAddr)
		f.VirtualPort[i] = uint32(row.VirtualPort)
		f.ServerPort[i] = uint32(row.ServerPort)
		f.Protocol[i] = uint32(row.Protocol)
		f.Role[i] = uint32(row.Role)
		// The difference may wrap around; adding the base again undoes it.
		f.WindowStart[i] = start - base
		f.WindowLength[i] = int64(row.WindowLength)
		setCounts(f.Sent, i, row.Sent)
		setCounts(f.Received, i, row.Received)
		f.Connections[i] = row.Connections
		f.RttMicros[i] = row.RTTMicros
	}
	return f, nil
}

func newFlows(n int) *pb.Flows {
	// One allocation for all columns of a type: they live and die together.
	narrow, signed, wide := make([]uint32, 11*n), make([]int64, 2*n), make([]uint64, 8*n)
	return &pb.Flows{
		LocalKind: take(&narrow, n), LocalId: take(&narrow, n), LocalAddress: take(&narrow, n),
		RemoteAddress: take(&narrow, n), VirtualAddress: take(&narrow, n), VirtualPort: take(&narrow, n), ServerPort: take(&narrow, n),
		Protocol: take(&narrow, n), Role: take(&narrow, n),
		Connections: take(&narrow, n), RttMicros: take(&narrow, n),
		WindowStart: take(&signed, n), WindowLength: take(&signed, n),
		Sent: &pb.Counts{
			WireBytes: take(&wide, n), PayloadBytes: take(&wide, n),
			Packets: take(&wide, n), RetransmittedPackets: take(&wide, n),
		},
		Received: &pb.Counts{
			WireBytes: take(&wide, n), PayloadBytes: take(&wide, n),
			Packets: take(&wide, n), RetransmittedPackets: take(&wide, n),
		},
	}
}

// take cuts n values off the front of pool.
func take[T any](pool *[]T, n int) []T {
	head := (*pool)[:n:n]
	*pool = (*pool)[n:]
	return head
}

func setCounts(into *pb.Counts, i int, c model.Counts) {
	into.WireBytes[i] = c.WireBytes
	into.PayloadBytes[i] = c.PayloadBytes
	into.Packets[i] = c.Packets
	into.RetransmittedPackets[i] = c.RetransmittedPackets
}

func (e *encoder) losses(losses []model.Loss) (*pb.Losses, error) {
	if len(losses) == 0 {
		return nil, nil
	}
	l := &pb.Losses{}
	for i, loss := range losses {
		from, err := timeToNanos(loss.From)
		if err != nil {
			return nil, fmt.Errorf("loss %d: from: %w", i, err)
		}
		to, err := timeToNanos(loss.To)
		if err != nil {
			return nil, fmt.Errorf("loss %d: to: %w", i, err)
		}
		l.Reason = append(l.Reason, e.strings.add(string(loss.Reason)))
		l.From = append(l.From, from)
		l.To = append(l.To, to)
		l.Flows = append(l.Flows, loss.Flows)
		l.Bytes = append(l.Bytes, loss.Bytes)
		l.BytesKnown = append(l.BytesKnown, loss.BytesKnown)
	}
	return l, nil
}
