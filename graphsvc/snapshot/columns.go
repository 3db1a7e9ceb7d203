package snapshot

import (
	"strconv"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/internal/money"
)

// column is one property of a transfer, for the formats that have columns. The
// names are those of docs/formats/graph.md.
type column struct {
	name string
	kind columnKind
	// text is the value; "" is not known.
	text func(e *diff.Edge) string
}

type columnKind string

const (
	textColumn    columnKind = "string"
	longColumn    columnKind = "long"
	booleanColumn columnKind = "boolean"
)

var columns = []column{
	{"id", textColumn, func(e *diff.Edge) string { return e.ID.String() }},
	{"sourceRevision", textColumn, func(e *diff.Edge) string { return e.Key.SourceRevision }},
	{"destinationRevision", textColumn, func(e *diff.Edge) string { return e.Key.DestinationRevision }},
	{"serverPort", longColumn, func(e *diff.Edge) string { return strconv.Itoa(int(e.Key.ServerPort)) }},
	{"protocol", textColumn, func(e *diff.Edge) string { return e.Key.Protocol.String() }},
	{"initiator", textColumn, func(e *diff.Edge) string { return string(e.Key.Initiator) }},
	{"sourceProvider", textColumn, func(e *diff.Edge) string { return e.Key.SourcePlace.Provider }},
	{"sourceRegion", textColumn, func(e *diff.Edge) string { return e.Key.SourcePlace.Region }},
	{"sourceZone", textColumn, func(e *diff.Edge) string { return e.Key.SourcePlace.Zone }},
	{"sourceNetwork", textColumn, func(e *diff.Edge) string { return e.Key.SourcePlace.Network }},
	{"sourceAccount", textColumn, func(e *diff.Edge) string { return e.Key.SourcePlace.Account }},
	{"destinationProvider", textColumn, func(e *diff.Edge) string { return e.Key.DestinationPlace.Provider }},
	{"destinationRegion", textColumn, func(e *diff.Edge) string { return e.Key.DestinationPlace.Region }},
	{"destinationZone", textColumn, func(e *diff.Edge) string { return e.Key.DestinationPlace.Zone }},
	{"destinationNetwork", textColumn, func(e *diff.Edge) string { return e.Key.DestinationPlace.Network }},
	{"destinationAccount", textColumn, func(e *diff.Edge) string { return e.Key.DestinationPlace.Account }},
	{"pathKind", textColumn, func(e *diff.Edge) string { return string(e.Key.Path.Kind) }},
	{"pathVia", textColumn, func(e *diff.Edge) string { return e.Key.Path.Via }},
	{"pathViaZone", textColumn, func(e *diff.Edge) string { return e.Key.Path.ViaZone }},
	{"pathAssumed", booleanColumn, func(e *diff.Edge) string { return strconv.FormatBool(e.Key.Path.Assumed) }},
	{"wireBytes", longColumn, func(e *diff.Edge) string { return count(e.Sent.WireBytes) }},
	{"payloadBytes", longColumn, func(e *diff.Edge) string { return count(e.Sent.PayloadBytes) }},
	{"packets", longColumn, func(e *diff.Edge) string { return count(e.Sent.Packets) }},
	{"retransmittedPackets", longColumn, func(e *diff.Edge) string { return count(e.Sent.RetransmittedPackets) }},
	{"connections", longColumn, func(e *diff.Edge) string { return count(e.Connections) }},
	{"rttMicros", longColumn, func(e *diff.Edge) string { return unless(e.RTTMicros == 0, uint64(e.RTTMicros)) }},
	{"checkBytes", longColumn, func(e *diff.Edge) string { return unless(!e.Checked, e.CheckBytes) }},
	{"costNano", longColumn, func(e *diff.Edge) string { return nano(e.Cost) }},
	{"cost", textColumn, func(e *diff.Edge) string { return e.Cost.Decimal() }},
}

func count(n uint64) string { return strconv.FormatUint(n, 10) }

func unless(unknown bool, n uint64) string {
	if unknown {
		return ""
	}
	return count(n)
}

// nano is the cost in 10^-9 units, for sorting and charts; not known where it
// does not fit. The exact cost stands beside it.
func nano(a money.Amount) string {
	n, fits := a.Nano()
	if !fits {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
