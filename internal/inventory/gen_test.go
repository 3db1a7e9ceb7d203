package inventory_test

import (
	"fmt"
	"net/netip"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/model"
)

// genFacts draws facts in the order of a file's sections, each with a key of
// its own.
func genFacts() *rapid.Generator[[]model.Fact] {
	return rapid.Custom(func(t *rapid.T) []model.Fact {
		var facts []model.Fact
		for _, kind := range []model.FactKind{
			model.FactNode, model.FactPod, model.FactService, model.FactRevision, model.FactEndpoint, model.FactRoute, model.FactSubnet,
		} {
			for i := range rapid.IntRange(0, 3).Draw(t, string(kind)) {
				f := genFact(t, kind)
				f.Key = fmt.Sprintf("%s-%d", word(t), i)
				facts = append(facts, f)
			}
		}
		return facts
	})
}

func genFact(t *rapid.T, kind model.FactKind) model.Fact {
	f := model.Fact{Kind: kind, Source: word(t), Recorded: instant(t), Period: model.Period{From: instant(t)}}
	if rapid.Bool().Draw(t, "closed") {
		f.Period.To = f.Period.From.Add(time.Duration(rapid.Int64Range(1, 1e15).Draw(t, "length")))
	}
	place := model.Place{Provider: word(t), Region: word(t), Zone: word(t)}
	switch kind {
	case model.FactNode:
		f.Node = &model.NodeFact{Cluster: cluster(t), Name: word(t), Addrs: addrs(t), Place: place, Subnet: word(t)}
	case model.FactPod:
		namespace := word(t)
		f.Pod = &model.PodFact{
			Cluster: cluster(t), Namespace: namespace, Name: word(t), Node: word(t), Addrs: addrs(t),
			HostNetwork: rapid.Bool().Draw(t, "host"), Workload: model.WorkloadRef{Namespace: namespace, Kind: word(t), Name: word(t)},
			Revision: word(t), Labels: map[string]string{word(t): word(t)},
		}
	case model.FactService:
		f.Service = &model.ServiceFact{Cluster: cluster(t), Namespace: word(t), Name: word(t), Addrs: addrs(t)}
	case model.FactRevision:
		f.Revision = &model.RevisionFact{
			Cluster: cluster(t), Workload: model.WorkloadRef{Namespace: word(t), Kind: word(t), Name: word(t)},
			Hash: word(t), Number: rapid.Int64().Draw(t, "number"), Images: []string{word(t)}, RolledOut: instant(t),
			ChangedBy: word(t), Cause: rapid.String().Draw(t, "cause"), GitCommit: word(t), Team: word(t),
		}
	case model.FactEndpoint:
		f.Endpoint = &model.EndpointFact{Class: word(t), Name: word(t), CIDRs: []netip.Prefix{prefix(t)}, Place: place, Team: word(t)}
		if rapid.Bool().Draw(t, "reach") {
			f.Endpoint.Reach = model.Path{Kind: model.PathInterfaceEndpoint, Via: word(t), ViaZone: word(t)}
		}
		if rapid.Bool().Draw(t, "hosts") {
			f.Endpoint.Hosts = []string{"api.example.com"}
		}
	case model.FactSubnet:
		f.Subnet = &model.SubnetFact{CIDRs: []netip.Prefix{prefix(t)}, Place: place}
	default:
		f.Route = &model.RouteFact{
			Subnet: word(t), Destination: prefix(t), EndpointClass: word(t), EndpointRegion: word(t),
			Network: word(t), Table: word(t),
			Path: model.Path{Kind: model.PathNAT, Via: word(t), ViaZone: word(t), Assumed: rapid.Bool().Draw(t, "assumed")},
		}
	}
	return f
}

// word draws texts that YAML likes to misread, too: numbers, booleans, null.
func word(t *rapid.T) string {
	return rapid.OneOf(
		rapid.StringMatching(`[a-z][a-z0-9.:@ #-]{0,8}[a-z0-9]`),
		rapid.SampledFrom([]string{"true", "null", "007", "1e3", "~", "2026-01-01", "yes", "- x", "a: b", "é"}),
	).Draw(t, "word")
}

func instant(t *rapid.T) time.Time {
	return time.Unix(0, rapid.Int64Range(1, 1<<61).Draw(t, "time")).UTC()
}

func addrs(t *rapid.T) []netip.Addr {
	return []netip.Addr{prefix(t).Addr()}
}

func prefix(t *rapid.T) netip.Prefix {
	if rapid.Bool().Draw(t, "v6") {
		return netip.MustParsePrefix("2001:db8::/32")
	}
	b := rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "v4")
	return netip.PrefixFrom(netip.AddrFrom4([4]byte(b)), rapid.IntRange(0, 32).Draw(t, "bits")).Masked()
}

func cluster(t *rapid.T) string {
	return rapid.SampledFrom([]string{"", "lab", "lab", "other"}).Draw(t, "cluster")
}
