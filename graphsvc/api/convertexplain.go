package api

import (
	"time"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
)

func explanationOf(e *query.Explanation) *gqlmodel.Explanation {
	if e == nil {
		return nil
	}
	converted := &gqlmodel.Explanation{
		Transfer: transferOf(e.Transfer, e.Currency), Version: versionOf(e.Version), Window: windowOf(e.Window),
		Minutes: make([]*gqlmodel.ExplainedMinute, len(e.Minutes)),
	}
	for i := range e.Minutes {
		converted.Minutes[i] = explainedMinuteOf(&e.Minutes[i])
	}
	return converted
}

func explainedMinuteOf(m *query.ExplainedMinute) *gqlmodel.ExplainedMinute {
	converted := &gqlmodel.ExplainedMinute{
		Minute: m.Minute.Start(), Version: scalar.Version(m.Version), Bytes: scalar.BytesOf(m.Bytes),
		Pairs: make([]*gqlmodel.ExplainedPair, len(m.Pairs)), Facts: make([]*gqlmodel.ExplainedFact, len(m.Facts)),
	}
	for i := range m.Pairs {
		converted.Pairs[i] = explainedPairOf(&m.Pairs[i])
	}
	for i, f := range m.Facts {
		converted.Facts[i] = &gqlmodel.ExplainedFact{
			Kind: f.Kind, Key: f.Key, Source: f.Source, Text: f.Text, RecordedAt: timeOrNull(f.Recorded),
			From: timeOrNull(f.Period.From), To: timeOrNull(f.Period.To),
		}
	}
	return converted
}

func explainedPairOf(p *query.ExplainedPair) *gqlmodel.ExplainedPair {
	converted := &gqlmodel.ExplainedPair{
		Source: addressText(p.Source), Destination: addressText(p.Destination), ServerPort: int(p.ServerPort), Protocol: p.Protocol,
		Choice: p.Choice, ChoiceText: p.ChoiceText, SenderCovered: p.SenderCovered, ReceiverCovered: p.ReceiverCovered,
		Reports: make([]*gqlmodel.ExplainedReport, len(p.Reports)),
	}
	for i := range p.Reports {
		r := &p.Reports[i]
		facts := r.PathFacts
		if facts == nil {
			facts = []string{}
		}
		converted.Reports[i] = &gqlmodel.ExplainedReport{
			Flow: flowRowOf(&r.Row), Taken: r.Taken, BySender: r.BySender, Bytes: scalar.BytesOf(r.Bytes),
			Source: explainedEndOf(r.Source), Destination: explainedEndOf(r.Destination),
			Path: r.Path, PathRule: r.PathRule, PathText: r.PathText, PathFacts: facts, PathGap: r.PathGap, Service: r.Service,
		}
	}
	return converted
}

func explainedEndOf(e query.ExplainedEnd) *gqlmodel.ExplainedEnd {
	return &gqlmodel.ExplainedEnd{Address: addressText(e.Address), Entity: e.Entity, Node: e.Node, Rule: e.Rule, RuleText: e.RuleText}
}

// timeOrNull is null for the zero time.
func timeOrNull(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return ptr(at.UTC())
}

func coverageOf(nodes []query.NodeCoverage) []*gqlmodel.NodeCoverage {
	converted := make([]*gqlmodel.NodeCoverage, len(nodes))
	for i, node := range nodes {
		converted[i] = &gqlmodel.NodeCoverage{Cluster: node.Agent.Cluster, Node: node.Agent.Node, Minutes: make([]*gqlmodel.MinuteCoverage, len(node.Minutes))}
		for n, m := range node.Minutes {
			converted[i].Minutes[n] = &gqlmodel.MinuteCoverage{
				Minute: m.Minute.Start(), CoveredSeconds: float64(m.CoveredMicros) / 1e6, LostSeconds: float64(m.LostMicros) / 1e6, Lost: m.Lost, Full: m.Full,
			}
		}
	}
	return converted
}
