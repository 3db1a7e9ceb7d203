package whatif

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Kind says what a recommendation changes.
type Kind string

// Kinds of recommendation.
const (
	GatewayEndpoint   Kind = "gateway-endpoint"   // S3 or DynamoDB past the NAT gateway, free
	InterfaceEndpoint Kind = "interface-endpoint" // another service past the NAT gateway, by the hour
	NATPerZone        Kind = "nat-per-zone"       // no crossing between zones on the way to NAT
	InVPCThroughNAT   Kind = "in-vpc-through-nat" // own traffic that leaves and comes back
	IdleNAT           Kind = "idle-nat"           // a NAT gateway that nothing uses
	SameZoneRouting   Kind = "same-zone-routing"  // a Service that prefers endpoints of the client's zone
	CoLocation        Kind = "co-location"        // a client in the only zone of its server
	PrivatePath       Kind = "private-path"       // own traffic by public addresses
	Peering           Kind = "peering"            // VPC peering in place of a transit gateway
	RegistryMirror    Kind = "registry-mirror"    // images fetched once, not by each node
	RegionalReplica   Kind = "regional-replica"   // reads from a replica in the reader's region
	Compression       Kind = "compression"        // fewer bytes for the same content
)

// assumed reports whether the kind rests on an assumption that no measurement
// backs; such changes are chosen after all others.
func (k Kind) assumed() bool {
	return k == RegistryMirror || k == RegionalReplica || k == Compression
}

// Patch is a text that makes a change, or undoes it.
type Patch struct {
	// Tool is "kubernetes" (YAML for kubectl apply), "terraform" or "aws-cli".
	Tool, Text string
}

// Proposal is a change with everything that a person needs to decide on it.
type Proposal struct {
	Kind Kind
	// Subject is what is to be changed, and with Kind the identity.
	Subject string
	Title   string
	// Why says what was seen, Assumptions what is taken for granted, Warnings what
	// else will happen.
	Why, Assumptions, Warnings []string
	Apply, Undo                []Patch
	// Check says how to see whether it took effect.
	Check  string
	Change Change
}

// ID is stable: the same change has the same id every day.
func (p *Proposal) ID() string {
	sum := sha256.Sum256([]byte(string(p.Kind) + "|" + p.Subject))
	const idBytes = 8
	return "r" + hex.EncodeToString(sum[:idBytes])
}

// Recommendation is a proposal with its saving.
type Recommendation struct {
	Proposal
	Outcome
	// From, To and Minutes are what was looked at.
	From, To model.Minute
	Minutes  uint64
	// Monthly is the saving over 30 days at the rate observed, Low and High those of
	// the least and the most saving day. With one day they are equal.
	Monthly, Low, High money.Amount
	// Shifts tell the change edge by edge. Plan fills them in for what it chooses.
	Shifts []model.Shift
	// BreakEvenBytes is how many bytes a month the hours of what is added are worth,
	// 0 where nothing is added.
	BreakEvenBytes uint64
}

const minutesPerMonth = model.MinutesPerMonth

// Recommend evaluates one proposal on its own.
func Recommend(t *Topology, p Proposal) (Recommendation, error) {
	r := Recommendation{Proposal: p, Minutes: t.minutes()}
	if len(t.Days) == 0 || r.Minutes == 0 {
		return r, fmt.Errorf("nothing was observed: there is no topology to change")
	}
	r.From, r.To = t.Days[0].From, t.Days[len(t.Days)-1].To
	var err error
	if r.Outcome, err = t.Evaluate(&p.Change); err != nil {
		return r, err
	}
	if r.Monthly, err = r.Saving.Scale(minutesPerMonth, r.Minutes); err != nil {
		return r, err
	}
	if err = r.spread(t); err != nil {
		return r, err
	}
	r.BreakEvenBytes, err = r.breakEven()
	return r, err
}

// spread sets the range: what the least and the most saving day make in a month.
// A day that was observed for less than half an hour says too little.
func (r *Recommendation) spread(t *Topology) error {
	r.Low, r.High = r.Monthly, r.Monthly
	standing, err := r.AddedStanding.Sub(r.RemovedStanding)
	if err != nil {
		return err
	}
	if standing, err = standing.Scale(minutesPerMonth, r.Minutes); err != nil {
		return err
	}
	const least = 30
	for i, saved := range r.Daily {
		if t.Days[i].Minutes < least {
			continue
		}
		monthly, err := saved.Scale(minutesPerMonth, t.Days[i].Minutes)
		if err != nil {
			return err
		}
		if monthly, err = monthly.Sub(standing); err != nil {
			return err
		}
		if monthly.Cmp(r.Low) < 0 {
			r.Low = monthly
		}
		if monthly.Cmp(r.High) > 0 {
			r.High = monthly
		}
	}
	return nil
}

// breakEven is the bytes a month at which the saving by the byte pays for what
// is added by the hour.
func (r *Recommendation) breakEven() (uint64, error) {
	if r.AddedStanding.Sign() <= 0 || r.Bytes == 0 {
		return 0, nil
	}
	gross, err := r.Saving.Add(r.AddedStanding)
	if err != nil || gross.Sign() <= 0 {
		return 0, err
	}
	monthly, err := r.AddedStanding.Scale(minutesPerMonth, r.Minutes)
	if err != nil {
		return 0, err
	}
	bytes := monthly.BigInt()
	bytes.Mul(bytes, bigOf(r.Bytes))
	bytes.Div(bytes, gross.BigInt())
	if !bytes.IsUint64() {
		return 0, fmt.Errorf("break-even is beyond 2^64 bytes a month")
	}
	return bytes.Uint64(), nil
}
