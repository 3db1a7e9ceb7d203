package model

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"strings"
)

// PathKind is the way bytes take between two ends. It decides the price.
type PathKind string

// Path kinds.
const (
	PathNode              PathKind = "node"               // never left the machine
	PathVPC               PathKind = "vpc"                // private addresses of one VPC
	PathNAT               PathKind = "nat"                // through a NAT gateway
	PathInternetGateway   PathKind = "internet-gateway"   // by a public address of its own
	PathGatewayEndpoint   PathKind = "gateway-endpoint"   // S3 or DynamoDB gateway endpoint
	PathInterfaceEndpoint PathKind = "interface-endpoint" // PrivateLink
	PathPeering           PathKind = "peering"
	PathTransitGateway    PathKind = "transit-gateway"
	// PathTransitNAT is a transit gateway to a network whose NAT gateway leads out:
	// both are charged. Via is "TRANSIT+NAT", ViaZone is the NAT gateway's.
	PathTransitNAT       PathKind = "transit-gateway-nat"
	PathLoadBalancer     PathKind = "load-balancer"      // to or from an interface of a load balancer
	PathDirectConnect    PathKind = "direct-connect"     // a private line to the own network
	PathVPN              PathKind = "vpn"                // an encrypted tunnel to the own network
	PathPublicSameRegion PathKind = "public-same-region" // a public address within the region
	PathUnknown          PathKind = "unknown"
)

// PathKinds are all kinds, in the order of their declaration.
func PathKinds() []PathKind {
	return []PathKind{
		PathNode, PathVPC, PathNAT, PathInternetGateway, PathGatewayEndpoint, PathInterfaceEndpoint, PathPeering,
		PathTransitGateway, PathTransitNAT, PathLoadBalancer, PathDirectConnect, PathVPN, PathPublicSameRegion, PathUnknown,
	}
}

// Path is the way bytes take, and through what.
type Path struct {
	Kind PathKind
	// Via names the gateway or endpoint, "" where there is none.
	Via string
	// ViaZone is the zone of a zonal gateway, "" where it has none or is unknown.
	ViaZone string
	// Assumed is true where no inventory said so and a default was taken.
	Assumed bool
}

// String is "kind", "kind:via" or "kind:via@zone", with "?" behind it where assumed.
func (p Path) String() string {
	text := string(p.Kind)
	if p.Via != "" {
		text += ":" + p.Via
	}
	if p.ViaZone != "" {
		text += "@" + p.ViaZone
	}
	if p.Assumed {
		text += "?"
	}
	return text
}

// Initiator says which end of an edge opened the connections.
type Initiator string

// Initiators.
const (
	InitiatorUnknown     Initiator = "unknown"
	InitiatorSource      Initiator = "source"      // requests: the sender opened the connection
	InitiatorDestination Initiator = "destination" // responses: the receiver opened it
)

// EdgeKey identifies one edge of the transfer graph: bytes that went from
// Source to Destination. Requests and responses are two edges, told apart by
// Initiator, so that two services which call each other on the same port do
// not blur.
type EdgeKey struct {
	Source, Destination Identity
	// SourceRevision and DestinationRevision are rollout revision ids, "" where
	// the end has none.
	SourceRevision, DestinationRevision string
	ServerPort                          uint16
	Protocol                            Protocol
	Initiator                           Initiator
	// A place says whose each side is, too: its network and its account.
	SourcePlace, DestinationPlace Place
	Path                          Path
}

// String is the canonical text form: the fields in order, separated by "|",
// each with "|" and "%" escaped. Equal keys have equal text and the reverse.
// The networks and accounts came later: they are at the end, and all of them are
// left out where none is known, so that an edge without them keeps its id.
func (k EdgeKey) String() string { return string(k.AppendTo(nil)) }

// AppendTo appends the text that String returns. A minute has it written of every
// edge several times over.
func (k *EdgeKey) AppendTo(text []byte) []byte {
	if text == nil {
		text = make([]byte, 0, 256)
	}
	field := func(value string) { text = appendEscaped(append(text, '|'), value, '|', "%7C") }
	text = k.Source.appendWithin(text)
	text = k.Destination.appendWithin(append(text, '|'))
	field(k.SourceRevision)
	field(k.DestinationRevision)
	text = strconv.AppendUint(append(text, '|'), uint64(k.ServerPort), 10)
	field(k.Protocol.String())
	field(string(k.Initiator))
	for _, place := range [...]*Place{&k.SourcePlace, &k.DestinationPlace} {
		field(place.Provider)
		field(place.Region)
		field(place.Zone)
	}
	field(string(k.Path.Kind))
	field(k.Path.Via)
	field(k.Path.ViaZone)
	text = strconv.AppendBool(append(text, '|'), k.Path.Assumed)
	if k.SourcePlace.Network != "" || k.SourcePlace.Account != "" || k.DestinationPlace.Network != "" || k.DestinationPlace.Account != "" {
		field(k.SourcePlace.Network)
		field(k.SourcePlace.Account)
		field(k.DestinationPlace.Network)
		field(k.DestinationPlace.Account)
	}
	return text
}

// EdgeID is the first 64 bits of SHA-256 over the key's canonical text. 64
// bits keep the chance of any collision among a million edges below 3e-8; the
// stores check the key beside the id and refuse a collision.
type EdgeID uint64

// ID returns the edge id.
func (k EdgeKey) ID() EdgeID {
	var room [512]byte
	sum := sha256.Sum256(k.AppendTo(room[:0]))
	return EdgeID(binary.BigEndian.Uint64(sum[:8]))
}

// String is "t" and 16 hexadecimal digits: the id that the API and links use.
func (id EdgeID) String() string {
	text := strconv.FormatUint(uint64(id), 16)
	return "t" + strings.Repeat("0", 16-len(text)) + text
}

// EdgeMinute is what one edge carried in one minute.
type EdgeMinute struct {
	Minute Minute
	Key    EdgeKey
	// Sent is what the edge carried, by the report that was taken as the truth.
	Sent Counts
	// Connections is how many connections were first seen in the minute.
	Connections uint64
	// RTTMicros is the highest smoothed round-trip time reported, 0 where unknown.
	RTTMicros uint32
	// CheckBytes is the wire bytes of the other end's report, valid only when
	// Checked: the difference to Sent is loss or retransmission.
	CheckBytes uint64
	Checked    bool
}
