package pricecmd

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// Transfer is one line of input. docs/formats/pricebook.md describes it.
type Transfer struct {
	ID string `json:"id"`
	// At is when it happened; absent is the day of the book's version.
	At *time.Time `json:"at,omitempty"`
	// Provider is "aws", "gcp" or "azure"; absent is the book's.
	Provider string `json:"provider,omitempty"`
	// Mode is "list" (also when absent) or "marginal".
	Mode pricing.Mode `json:"mode,omitempty"`
	From End          `json:"from"`
	To   End          `json:"to"`
	Path []Hop        `json:"path,omitempty"`
	// Bytes went from From to To. An answer is a transfer of its own.
	Bytes  *uint64 `json:"bytes"`
	Meters *Meters `json:"meters,omitempty"`
	// Tier is Google Cloud's network tier: "premium" (also when absent) or "standard".
	Tier string `json:"tier,omitempty"`
	// Routing is Azure's routing preference: "mgn" (also when absent) or "internet".
	Routing string `json:"routing,omitempty"`
}

// End is one end of a transfer.
type End struct {
	Kind        string `json:"kind"`
	Service     string `json:"service,omitempty"`
	Region      string `json:"region,omitempty"`
	Zone        string `json:"zone,omitempty"`
	VPC         string `json:"vpc,omitempty"`
	Account     string `json:"account,omitempty"`
	Public      bool   `json:"public,omitempty"`
	Destination string `json:"destination,omitempty"`
}

// Hop is one thing on the way.
type Hop struct {
	Kind string `json:"kind"`
	Zone string `json:"zone,omitempty"`
}

// Meters are the bytes of each pool so far this month, free allowance included.
type Meters struct {
	Internet *uint64 `json:"internet,omitempty"`
	Regional *uint64 `json:"regional,omitempty"`
	Endpoint *uint64 `json:"endpoint,omitempty"`
}

var endKinds = map[string]transferclass.EndKind{
	"pod": transferclass.EndPod, "node": transferclass.EndNode, "service": transferclass.EndService,
	"internet": transferclass.EndInternet, "onprem": transferclass.EndOnPrem, "unknown": transferclass.EndUnknown,
}

var hopKinds = map[string]transferclass.HopKind{
	"node": transferclass.HopNode, "nat": transferclass.HopNAT, "regional-nat": transferclass.HopRegionalNAT,
	"igw": transferclass.HopInternetGateway, "gateway-endpoint": transferclass.HopGatewayEndpoint,
	"interface-endpoint": transferclass.HopInterfaceEndpoint, "peering": transferclass.HopPeering,
	"tgw": transferclass.HopTransitGateway, "tgw-peering": transferclass.HopTransitPeering,
	"alb": transferclass.HopALB, "nlb": transferclass.HopNLB, "dx": transferclass.HopDirectConnect,
	"public": transferclass.HopPublic, "unknown": transferclass.HopUnknown,
}

// decode reads one line strictly.
func decode(line []byte) (Transfer, error) {
	var t Transfer
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&t); err != nil {
		return t, fmt.Errorf("not a transfer: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return t, errors.New("more than one JSON object on the line")
	}
	if t.Bytes == nil {
		return t, errors.New("bytes is missing: say how many bytes went from \"from\" to \"to\"")
	}
	return t, nil
}

// facts checks the transfer against the book and returns what decides its price.
func (t *Transfer) facts(book *pricing.Book) (transferclass.Facts, error) {
	facts := transferclass.Facts{Provider: t.Provider, Tier: t.Tier}
	if t.Routing != "" {
		facts.Tier = t.Routing
	}
	if facts.Provider == "" {
		facts.Provider = book.Provider
	}
	if facts.Provider != book.Provider {
		return facts, fmt.Errorf("provider %q: price book %s is for %q; choose another with --book", facts.Provider, book.Name, book.Provider)
	}
	if err := tierOf(facts.Provider, t); err != nil {
		return facts, err
	}
	var err error
	if facts.Source, err = t.From.facts(book); err != nil {
		return facts, fmt.Errorf("from: %w", err)
	}
	if facts.Destination, err = t.To.facts(book); err != nil {
		return facts, fmt.Errorf("to: %w", err)
	}
	if len(t.Path) > transferclass.MaxHops {
		return facts, fmt.Errorf("path has %d hops: at most %d are understood", len(t.Path), transferclass.MaxHops)
	}
	for i, hop := range t.Path {
		kind, ok := hopKinds[hop.Kind]
		if !ok {
			return facts, fmt.Errorf("path: hop %d of kind %q is not known", i+1, hop.Kind)
		}
		facts.Path[i] = transferclass.Hop{Kind: kind, Zone: hop.Zone}
	}
	return facts, nil
}

func tierOf(provider string, t *Transfer) error {
	switch {
	case t.Tier != "" && provider != "gcp", t.Tier != "" && t.Tier != "premium" && t.Tier != "standard":
		return fmt.Errorf("tier %q: only gcp has one, premium or standard", t.Tier)
	case t.Routing != "" && provider != "azure", t.Routing != "" && t.Routing != "mgn" && t.Routing != "internet":
		return fmt.Errorf("routing %q: only azure has one, mgn or internet", t.Routing)
	}
	return nil
}

func (e *End) facts(book *pricing.Book) (transferclass.End, error) {
	kind, ok := endKinds[e.Kind]
	switch {
	case !ok:
		return transferclass.End{}, fmt.Errorf("kind %q: want pod, node, service, internet, onprem or unknown", e.Kind)
	case (kind == transferclass.EndService) != (e.Service != ""):
		return transferclass.End{}, fmt.Errorf("kind %q with service %q: a service, and nothing else, names one", e.Kind, e.Service)
	case e.Region != "" && !book.KnowsRegion(e.Region):
		return transferclass.End{}, fmt.Errorf("region %q does not exist in price book %s", e.Region, book.Name)
	}
	return transferclass.End{
		Kind: kind, Service: e.Service, Region: e.Region, Zone: e.Zone, Network: e.VPC,
		Account: e.Account, Public: e.Public, Destination: e.Destination,
	}, nil
}
