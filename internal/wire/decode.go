package wire

import (
	"errors"
	"fmt"
	"math"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/egressor/egressor/internal/model"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

// Decode is the inverse of Encode. Bytes that are no batch, or that exceed a
// limit of limits.go, give an error and never a panic.
func Decode(data []byte) (model.Batch, error) {
	if err := checkLimits(data); err != nil {
		return model.Batch{}, fmt.Errorf("decode batch: %w", err)
	}
	message := &pb.Batch{}
	if err := (proto.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(data, message); err != nil {
		return model.Batch{}, fmt.Errorf("decode batch: %w", err)
	}
	b, err := fromProto(message)
	if err != nil {
		return model.Batch{}, fmt.Errorf("decode batch %s/%s %s/%d: %w",
			message.Cluster, message.Node, message.Boot, message.Sequence, err)
	}
	return b, nil
}

func fromProto(m *pb.Batch) (model.Batch, error) {
	b := model.Batch{
		BatchKey: model.BatchKey{
			Agent: model.AgentID{Cluster: m.Cluster, Node: m.Node}, Boot: m.Boot, Sequence: m.Sequence,
		},
		Mode:           model.CaptureMode(m.Mode),
		Build:          m.Build,
		CoveredFrom:    timeFromNanos(m.CoveredFrom),
		CoveredThrough: timeFromNanos(m.CoveredThrough),
	}
	var err error
	if b.Flows, err = flowsFromProto(m); err != nil {
		return model.Batch{}, err
	}
	if b.Losses, err = lossesFromProto(m); err != nil {
		return model.Batch{}, err
	}
	for i, f := range m.Facts {
		fact, err := factFromProto(f)
		if err != nil {
			return model.Batch{}, fmt.Errorf("fact %d, %q: %w", i, f.GetKey(), err)
		}
		b.Facts = append(b.Facts, fact)
	}
	return b, nil
}

func flowsFromProto(m *pb.Batch) ([]model.FlowRow, error) {
	f := m.Flows
	n := len(f.GetLocalKind())
	if err := checkColumns(n, f.GetLocalId(), f.GetLocalAddress(), f.GetRemoteAddress(), f.GetVirtualAddress(),
		f.GetServerPort(), f.GetProtocol(), f.GetRole(), f.GetConnections(), f.GetRttMicros()); err != nil {
		return nil, err
	}
	if ports := f.GetVirtualPort(); len(ports) > 0 {
		if err := checkColumns(n, ports); err != nil {
			return nil, err
		}
	}
	if err := checkColumns(n, f.GetWindowStart(), f.GetWindowLength()); err != nil {
		return nil, err
	}
	for _, c := range []*pb.Counts{f.GetSent(), f.GetReceived()} {
		if err := checkColumns(n, c.GetWireBytes(), c.GetPayloadBytes(), c.GetPackets(), c.GetRetransmittedPackets()); err != nil {
			return nil, err
		}
	}
	if n == 0 {
		return nil, nil
	}
	addresses, err := addrsFromBytes(m.Addresses)
	if err != nil {
		return nil, err
	}
	if err := checkIndexes(f, len(m.Strings), len(addresses)); err != nil {
		return nil, err
	}
	rows := make([]model.FlowRow, n)
	for i := range rows {
		row := &rows[i]
		row.Local.ID = m.Strings[f.LocalId[i]]
		row.LocalAddr = addresses[f.LocalAddress[i]]
		row.RemoteAddr = addresses[f.RemoteAddress[i]]
		row.VirtualAddr = addresses[f.VirtualAddress[i]]
		if err := setNarrow(row, f, i); err != nil {
			return nil, fmt.Errorf("flow %d: %w", i, err)
		}
		row.WindowStart = timeFromNanos(m.CoveredFrom + f.WindowStart[i])
		row.WindowLength = time.Duration(f.WindowLength[i])
		row.Sent, row.Received = countsAt(f.Sent, i), countsAt(f.Received, i)
		row.Connections, row.RTTMicros = f.Connections[i], f.RttMicros[i]
	}
	return rows, nil
}

// checkIndexes wants every index of the flows' columns within its dictionary.
func checkIndexes(f *pb.Flows, strings, addresses int) error {
	for _, column := range []struct {
		what    string
		indexes []uint32
		size    int
	}{
		{"local id", f.LocalId, strings},
		{"local address", f.LocalAddress, addresses},
		{"remote address", f.RemoteAddress, addresses},
		{"virtual address", f.VirtualAddress, addresses},
	} {
		for i, at := range column.indexes {
			if int64(at) >= int64(column.size) {
				return fmt.Errorf("flow %d: %s %d of a dictionary of %d", i, column.what, at, column.size)
			}
		}
	}
	return nil
}

// setNarrow fills the fields whose type in the model is narrower than on the wire.
func setNarrow(row *model.FlowRow, f *pb.Flows, i int) error {
	switch {
	case f.LocalKind[i] > uint32(model.LocalNode):
		return fmt.Errorf("local kind %d", f.LocalKind[i])
	case len(f.VirtualPort) > 0 && f.VirtualPort[i] > math.MaxUint16:
		return fmt.Errorf("virtual port %d", f.VirtualPort[i])
	case f.ServerPort[i] > math.MaxUint16:
		return fmt.Errorf("server port %d", f.ServerPort[i])
	case f.Protocol[i] > math.MaxUint8:
		return fmt.Errorf("protocol %d", f.Protocol[i])
	case f.Role[i] > uint32(model.RoleServer):
		return fmt.Errorf("role %d", f.Role[i])
	}
	if len(f.VirtualPort) > 0 {
		row.VirtualPort = uint16(f.VirtualPort[i])
	}
	row.Local.Kind = model.LocalKind(f.LocalKind[i])
	row.ServerPort = uint16(f.ServerPort[i])
	row.Protocol = model.Protocol(f.Protocol[i])
	row.Role = model.Role(f.Role[i])
	return nil
}

func countsAt(c *pb.Counts, i int) model.Counts {
	return model.Counts{
		WireBytes: c.WireBytes[i], PayloadBytes: c.PayloadBytes[i],
		Packets: c.Packets[i], RetransmittedPackets: c.RetransmittedPackets[i],
	}
}

func lossesFromProto(m *pb.Batch) ([]model.Loss, error) {
	l := m.Losses
	n := len(l.GetReason())
	if len(l.GetFrom()) != n || len(l.GetTo()) != n || len(l.GetFlows()) != n ||
		len(l.GetBytes()) != n || len(l.GetBytesKnown()) != n {
		return nil, errors.New("loss columns of unequal length")
	}
	var losses []model.Loss
	for i := range n {
		if int64(l.Reason[i]) >= int64(len(m.Strings)) {
			return nil, fmt.Errorf("loss %d: reason %d of a dictionary of %d", i, l.Reason[i], len(m.Strings))
		}
		losses = append(losses, model.Loss{
			Reason: model.LossReason(m.Strings[l.Reason[i]]), From: timeFromNanos(l.From[i]), To: timeFromNanos(l.To[i]),
			Flows: l.Flows[i], Bytes: l.Bytes[i], BytesKnown: l.BytesKnown[i],
		})
	}
	return losses, nil
}

func checkColumns[T any](n int, columns ...[]T) error {
	for _, column := range columns {
		if len(column) != n {
			return fmt.Errorf("flow columns of unequal length: %d and %d", n, len(column))
		}
	}
	return nil
}
