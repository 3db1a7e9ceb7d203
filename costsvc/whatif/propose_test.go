package whatif_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/whatif"
	"github.com/egressor/egressor/internal/model"
)

var (
	vpc     = model.Path{Kind: model.PathVPC}
	natHere = model.Path{Kind: model.PathNAT, Via: "nat-a", ViaZone: za}
)

// TestSavingsByHand works each kind's daily saving out by hand, at us-east-1
// list prices: NAT 0.045 a GiB each way, a crossing 0.01 on each side, interface
// endpoint 0.01 a GiB and 0.01 an hour and zone.
func TestSavingsByHand(t *testing.T) {
	web, api, db := deployment("web"), deployment("api"), workload("StatefulSet", "db")
	for _, test := range []struct {
		name   string
		kind   whatif.Kind
		make   func() *whatif.Topology
		saving string
	}{
		{"100 GiB to S3 by NAT in the same zone: 100 x 0.045", whatif.GatewayEndpoint, func() *whatif.Topology {
			return oneDay(t, asked(web, za, service("s3"), "", natHere, 100*gib, 0))
		}, "4.5000"},
		{"the same from another zone: and 2 x 0.01 on the way to NAT", whatif.GatewayEndpoint, func() *whatif.Topology {
			return oneDay(t, asked(web, zb, service("s3"), "", natHere, 100*gib, 0))
		}, "6.5000"},
		{"300 GiB to SQS: 300 x (0.045 - 0.01) - 24 x 0.01", whatif.InterfaceEndpoint, func() *whatif.Topology {
			return oneDay(t, asked(web, za, service("sqs"), "", natHere, 300*gib, 0))
		}, "10.2600"},
		{"1 GiB to SQS is not worth an endpoint: 0.035 - 0.24", whatif.InterfaceEndpoint, func() *whatif.Topology {
			return oneDay(t, asked(web, za, service("sqs"), "", natHere, gib, 0))
		}, "-0.2050"},
		{"1000 GiB cross to NAT: 1000 x 0.02 - 24 x 0.045 - 24 x 0.005", whatif.NATPerZone, func() *whatif.Topology {
			return oneDay(t, asked(web, zb, service("s3"), "", natHere, 1000*gib, 0))
		}, "18.8000"},
		{"100 GiB to an own service through NAT: 100 x 0.045, and 2 x 0.01 for public addresses", whatif.InVPCThroughNAT, func() *whatif.Topology {
			return oneDay(t, asked(web, za, api, za, natHere, 100*gib, 0))
		}, "6.5000"},
		{"an idle NAT gateway: 24 x 0.045", whatif.IdleNAT, func() *whatif.Topology {
			topology := oneDay(t, asked(web, za, api, za, vpc, gib, 0))
			topology.Gateways = []pricing.Gateway{{Name: "nat-idle", Kind: pricing.ZonalNAT, Region: region}}
			return topology
		}, "1.0800"},
		{"half of 100 GiB crosses to a server that is in both zones: 50 x 0.02", whatif.SameZoneRouting, func() *whatif.Topology {
			topology := oneDay(t, asked(web, za, api, za, vpc, 0, 50*gib), asked(web, za, api, zb, vpc, 0, 50*gib))
			topology.Pods[api] = []whatif.Placement{{Zone: za, Pods: 2}, {Zone: zb, Pods: 2}}
			return topology
		}, "1.0000"},
		{"100 GiB to a database in one zone: 100 x 0.02", whatif.CoLocation, func() *whatif.Topology {
			topology := oneDay(t, asked(web, za, db, zb, vpc, 0, 100*gib))
			topology.Pods[db] = []whatif.Placement{{Zone: zb, Pods: 1}}
			return topology
		}, "2.0000"},
		{"100 GiB by a transit gateway: 100 x 0.02", whatif.Peering, func() *whatif.Topology {
			return oneDay(t, asked(web, za, api, za, model.Path{Kind: model.PathTransitGateway, Via: "tgw-1"}, 100*gib, 0))
		}, "2.0000"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := proposalOf(t, test.make(), test.kind)
			if got := shown(t, r.Saving); got != test.saving {
				t.Errorf("saving %s a day, want %s", got, test.saving)
			}
			if len(r.Apply) == 0 || len(r.Undo) == 0 || r.Check == "" || len(r.Why) == 0 {
				t.Errorf("a recommendation without patch, undo, check or reason: %+v", r.Proposal)
			}
		})
	}
}

// TestBreakEven: the interface endpoint pays for itself at 208.57 GiB a month and
// zone: 730 h x 0.01 / 0.035; here a month is 720 h, so 205.71.
func TestBreakEven(t *testing.T) {
	for gigabytes, pays := range map[uint64]bool{204: false, 207: true} {
		topology := oneDay(t, asked(deployment("web"), za, service("sqs"), "", natHere, gigabytes*gib/30, 0))
		r := proposalOf(t, topology, whatif.InterfaceEndpoint)
		if got := r.Saving.Sign() > 0; got != pays {
			t.Errorf("%d GiB a month: pays %t, want %t (saving %s)", gigabytes, got, pays, r.Saving)
		}
		if breakEven := r.BreakEvenBytes / gib; breakEven != 205 {
			t.Errorf("break-even at %d GiB a month, want 205", breakEven)
		}
	}
}

// TestLoadWarnings: endpoints 0:2:1 send all of zone 1 everywhere; 1:2:0 clients
// leave a zone idle; skewed clients make a hot zone.
func TestLoadWarnings(t *testing.T) {
	const zc = "use1-az3"
	api := deployment("api")
	topology := oneDay(t,
		asked(deployment("web"), za, api, zb, vpc, 0, 10*gib), asked(deployment("web"), zb, api, zc, vpc, 0, 90*gib))
	topology.Pods[api] = []whatif.Placement{{Zone: zb, Pods: 1}, {Zone: zc, Pods: 2}}
	r := proposalOf(t, topology, whatif.SameZoneRouting)
	text := strings.Join(r.Warnings, "\n")
	for _, want := range []string{"zone " + za + " has clients and no pod", "zone " + zc + " has 2 pods and no client", "hot zone: a pod in " + zb} {
		if !strings.Contains(text, want) {
			t.Errorf("no warning %q in\n%s", want, text)
		}
	}
}

// A zone takes the load of the pods that come to it, and of none that it has.
func TestPinnedPodsMoveFromElsewhere(t *testing.T) {
	db, web := workload("StatefulSet", "db"), deployment("web")
	topology := oneDay(t, asked(web, za, db, zb, vpc, 0, 100*gib))
	topology.Pods[db] = []whatif.Placement{{Zone: zb, Pods: 1}}
	topology.Pods[web] = []whatif.Placement{{Zone: za, Pods: 2}, {Zone: zb, Pods: 3}}
	r := proposalOf(t, topology, whatif.CoLocation)
	if want := zb + " takes the load of 2 pods in " + za; len(r.Warnings) != 2 || r.Warnings[1] != want {
		t.Errorf("warned %q, want %q", r.Warnings, want)
	}
}

func TestPatchSpeaksTheServersVersion(t *testing.T) {
	api := deployment("api")
	for minor, want := range map[int]string{0: "PreferClose", 24: "topology-aware-hints", 29: "topology-mode", 31: "PreferClose", 33: "PreferClose", 34: "PreferSameZone", 35: "PreferSameZone"} {
		topology := oneDay(t, asked(deployment("web"), za, api, zb, vpc, 0, gib))
		topology.Pods[api], topology.KubernetesMinor = []whatif.Placement{{Zone: za, Pods: 1}, {Zone: zb, Pods: 1}}, minor
		r := proposalOf(t, topology, whatif.SameZoneRouting)
		if !strings.Contains(r.Apply[0].Text, want) {
			t.Errorf("1.%d: patch without %s:\n%s", minor, want, r.Apply[0].Text)
		}
	}
}

// TestNoProposalWithoutReason: a topology with nothing to save has no proposal.
func TestNoProposalWithoutReason(t *testing.T) {
	topology := oneDay(t,
		asked(deployment("web"), za, deployment("api"), za, vpc, gib, gib),
		asked(deployment("web"), za, service("s3"), "", model.Path{Kind: model.PathGatewayEndpoint, Via: "vpce-s3"}, gib, gib))
	if proposals := whatif.Propose(topology); len(proposals) > 0 {
		t.Errorf("proposed %v", slices.Collect(func(yield func(string) bool) {
			for _, p := range proposals {
				if !yield(p.Title) {
					return
				}
			}
		}))
	}
}
