package whatif

import (
	"fmt"

	"github.com/egressor/egressor/internal/model"
)

// What the proposals of this file assume. They are stated with each, and such
// proposals are chosen after all that measurement backs.
const (
	compressionRatio = 3  // text and JSON under gzip or zstd
	replicationShare = 10 // a replica receives one byte in so many that are read
	// leastShare is how large a part of all bytes, one in so many, such a proposal
	// must concern.
	leastShare = 50
)

// part is n/d of the counts, rounded down.
func part(c model.Counts, n, d uint64) model.Counts {
	of := func(v uint64) uint64 {
		product := bigOf(v)
		return product.Mul(product, bigOf(n)).Div(product, bigOf(d)).Uint64() // n is at most d
	}
	return model.Counts{WireBytes: of(c.WireBytes), PayloadBytes: of(c.PayloadBytes), Packets: of(c.Packets), RetransmittedPackets: of(c.RetransmittedPackets)}
}

func (t *Topology) bytes() uint64 {
	var sum uint64
	for i := range t.Days {
		for j := range t.Days[i].Edges {
			sum += t.Days[i].Edges[j].Sent.WireBytes
		}
	}
	return sum
}

// shrink makes a proposal's change: the bytes of some edges of an end become 1/ratio.
func shrink(end model.Identity, wanted func(*model.EdgeKey) bool, ratio uint64) Change {
	return Change{End: end, Reroute: func(edge model.EdgeMinute) ([]model.EdgeMinute, bool) {
		if !wanted(&edge.Key) {
			return nil, false
		}
		edge.Sent = part(edge.Sent, 1, ratio)
		return []model.EdgeMinute{edge}, true
	}}
}

// registryMirrors proposes that each image is fetched once a cluster, where
// several nodes fetch from a registry by a way that is charged.
func registryMirrors(t *Topology) []Proposal {
	of := func(k *model.EdgeKey) (model.Identity, bool) {
		if k.Destination.Kind != model.KindNode || k.Source.Kind != model.KindCloudEndpoint {
			return model.Identity{}, false
		}
		return k.Source, (k.Source.Type == "ecr" || k.Source.Type == "registry") && byPublicWay(k.Path.Kind)
	}
	var proposals []Proposal
	for _, g := range groupEdges(t, of) {
		nodes := map[model.Identity]bool{}
		for i := range g.edges {
			nodes[g.edges[i].Key.Destination] = true
		}
		if len(nodes) < 2 {
			continue
		}
		p := Proposal{
			Kind: RegistryMirror, Subject: g.key.ID(),
			Title:       fmt.Sprintf("Mirror %s inside the cluster", g.key.Name),
			Why:         []string{fmt.Sprintf("%d nodes fetched %s by %s", len(nodes), humanBytes(g.bytes), pathsOf(g.edges))},
			Assumptions: []string{fmt.Sprintf("all %d nodes fetch the same images, so that one fetch in %d leaves the cluster; nodes pass layers on within their zone", len(nodes), len(nodes))},
			Warnings:    []string{"a mirror that is down slows every pod start: keep the registry as the fallback"},
			Check:       "the nodes' edges from the registry fall to about one node's share",
			Change: shrink(g.key, func(k *model.EdgeKey) bool {
				id, ok := of(k)
				return ok && id == g.key
			}, uint64(len(nodes))),
		}
		p.Apply, p.Undo = mirrorPatch(g.key)
		proposals = append(proposals, p)
	}
	return proposals
}

// regionalReplicas proposes a replica in the reader's region for a workload that
// is read from another one.
func regionalReplicas(t *Topology) []Proposal {
	type read struct {
		server model.Identity
		region string
	}
	of := func(k *model.EdgeKey) (read, bool) {
		id, _ := server(k)
		_, from := client(k)
		answers := k.Initiator == model.InitiatorDestination && k.Source.Kind == model.KindWorkload && k.Destination.Kind == model.KindWorkload
		return read{id, from.Region}, answers && k.SourcePlace.Region != "" && from.Region != "" && k.SourcePlace.Region != from.Region
	}
	var proposals []Proposal
	all := t.bytes()
	for _, g := range groupEdges(t, of) {
		if g.bytes*leastShare < all {
			continue
		}
		p := Proposal{
			Kind: RegionalReplica, Subject: g.key.server.ID() + " in " + g.key.region,
			Title:       fmt.Sprintf("Read %s from a replica or cache in %s", g.key.server.Name, g.key.region),
			Why:         []string{fmt.Sprintf("%s were read from it across regions", humanBytes(g.bytes))},
			Assumptions: []string{fmt.Sprintf("one byte is written for %d that are read; the replica's machine and disk are not counted", replicationShare)},
			Warnings:    []string{"readers see data that is late by the replication's lag"},
			Check:       "reads no longer cross regions; one replication edge does",
			Change: shrink(g.key.server, func(k *model.EdgeKey) bool {
				key, ok := of(k)
				return ok && key == g.key
			}, replicationShare),
		}
		p.Apply, p.Undo = replicaPatch(g.key.server, g.key.region)
		proposals = append(proposals, p)
	}
	return proposals
}

// compressions proposes to compress what leaves for the internet in bulk. What
// is inside is unknown: only metadata is ever read.
func compressions(t *Topology) []Proposal {
	of := func(k *model.EdgeKey) (model.Identity, bool) {
		out := k.Source.Kind == model.KindWorkload && k.Destination.Kind == model.KindCloudEndpoint && !isProviderService(k.Destination)
		far := k.Source.Kind == model.KindWorkload && k.Destination.Kind == model.KindWorkload && k.SourcePlace.Region != k.DestinationPlace.Region
		return k.Source, out || far
	}
	var proposals []Proposal
	all := t.bytes()
	for _, g := range groupEdges(t, of) {
		if g.bytes*leastShare < all {
			continue
		}
		p := Proposal{
			Kind: Compression, Subject: g.key.ID(),
			Title:       fmt.Sprintf("Compress what %s sends out", g.key.Name),
			Why:         []string{fmt.Sprintf("it sent %s over ways that are charged by the byte", humanBytes(g.bytes))},
			Assumptions: []string{fmt.Sprintf("the content shrinks to one %dth: true of text, not of images or of what is compressed already; Egressor never looks inside", compressionRatio)},
			Warnings:    []string{"compressing costs CPU at both ends"},
			Check:       "bytes a connection fall at the same number of connections",
			Change: shrink(g.key, func(k *model.EdgeKey) bool {
				id, ok := of(k)
				return ok && id == g.key
			}, compressionRatio),
		}
		p.Apply, p.Undo = compressionPatch(g.key)
		proposals = append(proposals, p)
	}
	return proposals
}
