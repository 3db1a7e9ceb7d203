package query

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
)

// MaxExplainedMinutes bounds how many minutes one question has explained.
const MaxExplainedMinutes = 10

// Explanation is why a transfer is what it is: for its newest minutes, the chain
// from raw rows to the edge.
type Explanation struct {
	TransferDetail
	// Minutes are the newest in which it carried anything, newest first.
	Minutes []ExplainedMinute
}

// ExplainedMinute is one minute, as the version that the question is about knew it.
type ExplainedMinute struct {
	Minute model.Minute
	// Version is which version said so.
	Version uint64
	Bytes   uint64
	Pairs   []ExplainedPair
	Facts   []ExplainedFact
}

// ExplainedPair is both ends' reports of what went between two addresses.
type ExplainedPair struct {
	Source, Destination            netip.Addr
	ServerPort                     uint16
	Protocol                       string
	Choice, ChoiceText             string
	SenderCovered, ReceiverCovered bool
	Reports                        []ExplainedReport
}

// ExplainedReport is one direction of one raw row.
type ExplainedReport struct {
	Row RawRow
	// Taken tells whether its bytes are the edge's; the others are the check.
	Taken, BySender     bool
	Bytes               uint64
	Source, Destination ExplainedEnd
	// Path is the way, and Rule why: PathText says it in words, PathFacts names the
	// facts, PathGap what was not known.
	Path, PathRule, PathText string
	PathFacts                []string
	PathGap                  string
	// Service is the Service that was dialled, "" where none or not known.
	Service string
}

// ExplainedEnd is how one end was named.
type ExplainedEnd struct {
	Address        netip.Addr
	Entity, Node   string
	Rule, RuleText string
}

// ExplainedFact is one statement of the chain.
type ExplainedFact struct {
	Kind, Key, Source string
	// Period is when it held, Recorded when the store learnt it.
	Period   model.Period
	Recorded time.Time
	// Text is what it says.
	Text string
}

// Explain tells why a transfer is what it is, for its newest minutes; nil where
// the window holds none of it.
func (e *Explorer) Explain(ctx context.Context, id model.EdgeID, ask Ask, minutes int) (*Explanation, error) {
	if minutes < 1 || minutes > MaxExplainedMinutes {
		return nil, badInput(fmt.Sprintf("ask for 1 to %d", MaxExplainedMinutes), "%d minutes to explain", minutes)
	}
	detail, err := e.Transfer(ctx, id, ask)
	if err != nil || detail == nil {
		return nil, err
	}
	explained, err := e.series.Explain(ctx, detail.Window, detail.Transfer.Key, minutes)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return &Explanation{TransferDetail: *detail, Minutes: explained}, nil
}

// ExplainedOf puts an explanation into words. rows are those that its reports
// count in, with the batches that brought them.
func ExplainedOf(version uint64, explained minute.Explanation, rows []RawRow) ExplainedMinute {
	m := ExplainedMinute{Minute: explained.Minute, Version: version, Bytes: explained.Sent.WireBytes}
	for _, pair := range explained.Pairs {
		p := ExplainedPair{
			Source: pair.Source, Destination: pair.Destination, ServerPort: pair.ServerPort, Protocol: pair.Protocol.String(),
			Choice: string(pair.Choice), ChoiceText: pair.Choice.Text(), SenderCovered: pair.SenderCovered, ReceiverCovered: pair.ReceiverCovered,
		}
		for i := range pair.Reports {
			p.Reports = append(p.Reports, reportOf(&pair.Reports[i], rows, explained.Services))
		}
		m.Pairs = append(m.Pairs, p)
	}
	for _, fact := range explained.Facts {
		m.Facts = append(m.Facts, ExplainedFact{
			Kind: string(fact.Kind), Key: fact.Key, Source: fact.Source, Period: fact.Period, Recorded: fact.Recorded, Text: factText(fact),
		})
	}
	return m
}

func reportOf(r *attribution.ExplainedReport, rows []RawRow, services map[netip.Addr]model.Fact) ExplainedReport {
	report := ExplainedReport{
		Row: rows[r.Row], Taken: r.Truth, BySender: r.BySender, Bytes: r.Counts.WireBytes,
		Source: endOf(&r.Source), Destination: endOf(&r.Destination),
		Path: r.Edge.Path.String(), PathRule: string(r.PathReason.Rule), PathText: r.PathReason.Rule.Text(), PathGap: r.PathReason.Gap,
	}
	for name, key := range map[string]string{"route ": r.PathReason.Route, "table ": r.PathReason.Table, "subnet ": r.PathReason.Subnet, "endpoint ": r.PathReason.Endpoint} {
		if key != "" {
			report.PathFacts = append(report.PathFacts, name+key)
		}
	}
	slices.Sort(report.PathFacts)
	if service, ok := services[report.Row.Flow.VirtualAddr]; ok {
		report.Service = service.Service.Namespace + "/" + service.Service.Name
	}
	return report
}

func endOf(e *attribution.ExplainedEnd) ExplainedEnd {
	end := ExplainedEnd{Address: e.Addr, Entity: e.Identity.ID(), Rule: string(e.Rule), RuleText: e.Rule.Text()}
	if e.Node != (model.AgentID{}) {
		end.Node = e.Node.String()
	}
	return end
}

// factText says what a fact says, in one line.
func factText(fact model.Fact) string {
	switch {
	case fact.Pod != nil:
		p := fact.Pod
		words := []string{"pod " + strings.Trim(p.Namespace+"/"+p.Name, "/"), "on " + p.Node, addrsText(p.Addrs)}
		if p.Workload.Name != "" {
			words = append(words, "of "+p.Workload.Kind+" "+p.Workload.Namespace+"/"+p.Workload.Name)
		}
		if p.Revision != "" {
			words = append(words, "revision "+p.Revision)
		}
		return strings.Join(words, " ")
	case fact.Node != nil:
		return strings.TrimSpace(fmt.Sprintf("node %s %s %s", fact.Node.Name, addrsText(fact.Node.Addrs), placeText(fact.Node.Place)))
	case fact.Endpoint != nil:
		return strings.TrimSpace(fmt.Sprintf("endpoint %s %s %d ranges %s", fact.Endpoint.Class, fact.Endpoint.Name, len(fact.Endpoint.CIDRs), placeText(fact.Endpoint.Place)))
	case fact.Route != nil:
		return fmt.Sprintf("route to %s by %s", fact.Route.Destination, fact.Route.Path)
	case fact.Revision != nil:
		r := fact.Revision
		return strings.TrimSpace(fmt.Sprintf("revision %d of %s %s/%s by %s: %s", r.Number, r.Workload.Kind, r.Workload.Namespace, r.Workload.Name, r.ChangedBy, r.Cause))
	default:
		return string(fact.Kind) + " " + fact.Key
	}
}

func addrsText(addrs []netip.Addr) string {
	texts := make([]string, len(addrs))
	for i, addr := range addrs {
		texts[i] = addr.String()
	}
	return strings.Join(texts, ",")
}

func placeText(p model.Place) string {
	parts := slices.DeleteFunc([]string{p.Provider, p.Region, p.Zone, p.Network, p.Account}, func(part string) bool { return part == "" })
	return strings.Join(parts, "/")
}
