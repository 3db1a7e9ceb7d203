package filter

import (
	"cmp"
	"strconv"
)

// ofTransfer is a property that no end has by itself.
func (c *Condition) ofTransfer(t *Transfer) string {
	switch c.Field.Name {
	case "transfer":
		if t.ID == 0 {
			return t.Key.ID().String()
		}
		return t.ID.String()
	case "path":
		return string(t.Key.Path.Kind)
	case "via":
		return t.Key.Path.Via
	case "assumed":
		return strconv.FormatBool(t.Key.Path.Assumed)
	case "protocol":
		return t.Key.Protocol.String()
	case "initiator":
		return string(t.Key.Initiator)
	case "agent":
		if t.Flow == nil {
			return ""
		}
		return t.Flow.Agent.String()
	case "role":
		if t.Flow == nil {
			return ""
		}
		return t.Flow.Role.String()
	default:
		return ""
	}
}

// border reports whether a transfer crosses one: both sides are known, and
// differ.
func border(name string, t *Transfer, known Known) bool {
	k := t.Key
	a, b := ofEnd(name, &k.Source, &k.SourcePlace), ofEnd(name, &k.Destination, &k.DestinationPlace)
	if name == "team" {
		a, b = known.Team(k.Source, k.SourceRevision), known.Team(k.Destination, k.DestinationRevision)
	}
	return a != "" && b != "" && a != b
}

// compares orders a quantity. Nothing is said of a round-trip time that is not
// known.
func (c *Condition) compares(v *Value, t *Transfer) bool {
	if c.Field.Type == Amount {
		return c.Op.takes(t.Cost.Cmp(v.Amount))
	}
	if c.Field.Name == "rtt" && t.RTTMicros == 0 {
		return false
	}
	return c.Op.takes(cmp.Compare(quantity(c.Field.Name, t), v.Number))
}

func quantity(field string, t *Transfer) uint64 {
	switch field {
	case "port":
		return uint64(t.Key.ServerPort)
	case "bytes":
		return t.Sent.WireBytes
	case "payload":
		return t.Sent.PayloadBytes
	case "packets":
		return t.Sent.Packets
	case "retransmits":
		return t.Sent.RetransmittedPackets
	case "connections":
		return t.Connections
	default:
		return uint64(t.RTTMicros)
	}
}

// takes tells by how a property compares with a value. Of NotEqual it is what
// Equal takes: the caller turns it around.
func (o Op) takes(order int) bool {
	switch o {
	case More:
		return order > 0
	case AtLeast:
		return order >= 0
	case Less:
		return order < 0
	case AtMost:
		return order <= 0
	default:
		return order == 0
	}
}
