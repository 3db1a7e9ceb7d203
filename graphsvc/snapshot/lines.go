package snapshot

import (
	"fmt"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// formatName is what the first line of an ndjson file says.
const formatName = "egressor-graph/1"

// headerLine is the first line: what the graph is of, and what must follow.
type headerLine struct {
	Format    string       `json:"format"`
	Version   uint64       `json:"version"`
	Digest    model.Digest `json:"digest"`
	From      string       `json:"from"`
	To        string       `json:"to"`
	Currency  string       `json:"currency"`
	Nodes     int          `json:"nodes"`
	Transfers int          `json:"transfers"`
	WireBytes uint64       `json:"wireBytes"`
	Cost      string       `json:"cost"`
}

// nodeLine is one node.
type nodeLine struct {
	Node      string             `json:"node"`
	Kind      model.IdentityKind `json:"kind"`
	Cluster   string             `json:"cluster,omitempty"`
	Namespace string             `json:"namespace,omitempty"`
	Type      string             `json:"type,omitempty"`
	Name      string             `json:"name,omitempty"`
	Region    string             `json:"region,omitempty"`
}

// placeLine and pathLine have the model's fields, so that one that is added there
// does not compile here until it is written.
type placeLine struct {
	Provider string `json:"provider,omitempty"`
	Region   string `json:"region,omitempty"`
	Zone     string `json:"zone,omitempty"`
	Network  string `json:"network,omitempty"`
	Account  string `json:"account,omitempty"`
}

type pathLine struct {
	Kind    model.PathKind `json:"kind"`
	Via     string         `json:"via,omitempty"`
	ViaZone string         `json:"viaZone,omitempty"`
	Assumed bool           `json:"assumed,omitempty"`
}

// transferLine is one edge summed over the window.
type transferLine struct {
	Transfer             string          `json:"transfer"`
	Source               string          `json:"source"`
	Destination          string          `json:"destination"`
	SourceRevision       string          `json:"sourceRevision,omitempty"`
	DestinationRevision  string          `json:"destinationRevision,omitempty"`
	ServerPort           uint16          `json:"serverPort"`
	Protocol             string          `json:"protocol"`
	Initiator            model.Initiator `json:"initiator"`
	SourcePlace          placeLine       `json:"sourcePlace"`
	DestinationPlace     placeLine       `json:"destinationPlace"`
	Path                 pathLine        `json:"path"`
	WireBytes            uint64          `json:"wireBytes"`
	PayloadBytes         uint64          `json:"payloadBytes"`
	Packets              uint64          `json:"packets"`
	RetransmittedPackets uint64          `json:"retransmittedPackets"`
	Connections          uint64          `json:"connections"`
	RTTMicros            uint32          `json:"rttMicros,omitempty"`
	CheckBytes           *uint64         `json:"checkBytes,omitempty"`
	Cost                 string          `json:"cost"`
}

func headerOf(g Graph, nodes int) (headerLine, error) {
	bytes, cost, err := g.total()
	return headerLine{
		Format: formatName, Version: g.Version, Digest: g.Digest, From: g.From.String(), To: g.To.String(), Currency: g.Currency,
		Nodes: nodes, Transfers: len(g.Edges), WireBytes: bytes, Cost: cost.Decimal(),
	}, err
}

func nodeLineOf(n model.Identity) nodeLine {
	return nodeLine{Node: n.ID(), Kind: n.Kind, Cluster: n.Cluster, Namespace: n.Namespace, Type: n.Type, Name: n.Name, Region: n.Region}
}

// identity is the inverse of nodeLineOf; the id must be the one that the parts give.
func (l nodeLine) identity() (model.Identity, error) {
	switch l.Kind {
	case model.KindWorkload, model.KindNode, model.KindCloudEndpoint, model.KindUnknown:
	default:
		return model.Identity{}, fmt.Errorf("node %q is of the kind %q, which is none", l.Node, l.Kind)
	}
	n := model.Identity{Kind: l.Kind, Cluster: l.Cluster, Namespace: l.Namespace, Type: l.Type, Name: l.Name, Region: l.Region}
	if id := n.ID(); id != l.Node {
		return n, fmt.Errorf("node %q has the parts of %q", l.Node, id)
	}
	return n, nil
}

func transferLineOf(e *diff.Edge) transferLine {
	k := &e.Key
	line := transferLine{
		Transfer: e.ID.String(), Source: k.Source.ID(), Destination: k.Destination.ID(),
		SourceRevision: k.SourceRevision, DestinationRevision: k.DestinationRevision,
		ServerPort: k.ServerPort, Protocol: k.Protocol.String(), Initiator: k.Initiator,
		SourcePlace: placeLine(k.SourcePlace), DestinationPlace: placeLine(k.DestinationPlace), Path: pathLine(k.Path),
		WireBytes: e.Sent.WireBytes, PayloadBytes: e.Sent.PayloadBytes,
		Packets: e.Sent.Packets, RetransmittedPackets: e.Sent.RetransmittedPackets,
		Connections: e.Connections, RTTMicros: e.RTTMicros, Cost: e.Cost.Decimal(),
	}
	if e.Checked {
		line.CheckBytes = &e.CheckBytes
	}
	return line
}

// edge is the inverse of transferLineOf; the id must be the one that the parts give.
func (l transferLine) edge(nodes map[string]model.Identity) (diff.Edge, error) {
	protocol, err := model.ParseProtocol(l.Protocol)
	if err != nil {
		return diff.Edge{}, err
	}
	source, known := nodes[l.Source]
	destination, knownToo := nodes[l.Destination]
	if !known || !knownToo {
		return diff.Edge{}, fmt.Errorf("transfer %q is between %q and %q, which are not both among the nodes before it", l.Transfer, l.Source, l.Destination)
	}
	e := diff.Edge{
		Key: model.EdgeKey{
			Source: source, Destination: destination, SourceRevision: l.SourceRevision, DestinationRevision: l.DestinationRevision,
			ServerPort: l.ServerPort, Protocol: protocol, Initiator: l.Initiator,
			SourcePlace: model.Place(l.SourcePlace), DestinationPlace: model.Place(l.DestinationPlace), Path: model.Path(l.Path),
		},
		Sent: model.Counts{
			WireBytes: l.WireBytes, PayloadBytes: l.PayloadBytes, Packets: l.Packets, RetransmittedPackets: l.RetransmittedPackets,
		},
		Connections: l.Connections, RTTMicros: l.RTTMicros,
	}
	if e.ID = e.Key.ID(); e.ID.String() != l.Transfer {
		return diff.Edge{}, fmt.Errorf("transfer %q has the parts of %q", l.Transfer, e.ID)
	}
	if l.CheckBytes != nil {
		e.CheckBytes, e.Checked = *l.CheckBytes, true
	}
	e.Cost, err = money.ParseDecimal(l.Cost)
	return e, err
}
