package scenario

import (
	"fmt"
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
)

// Outcome is what a scenario leads to.
type Outcome struct {
	Minutes []Minute
	// Graph, Bill and Findings are the texts of the expected sections.
	Graph, Bill, Findings string
	// Insights is the text of the section of that name, "" where the file has none.
	Insights string
}

// Minute is one folded and priced minute.
type Minute struct {
	minute.Computed
	// Input is what it was computed from.
	Input minute.Input
	// Version is the minute's version in the chain of the scenario's minutes.
	Version model.GraphVersion
	// Incomplete are the nodes whose agents did not report the whole minute.
	Incomplete []model.AgentID
	Losses     []loss
}

// Run computes every minute of the scenario with the code that serves live data,
// and renders the outcome.
func (sc *Scenario) Run(book *pricing.Book) (*Outcome, error) {
	minutes, err := Compute(sc.Facts, sc.Batches(), book)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", sc.File, err)
	}
	for i := range minutes {
		minutes[i].Incomplete = sc.incomplete(minutes[i].Minute)
		minutes[i].Losses = sc.lossesIn(minutes[i].Minute)
	}
	outcome := &Outcome{
		Minutes: minutes,
		Graph:   renderGraph(minutes), Bill: renderBill(minutes), Findings: renderFindings(minutes),
	}
	if sc.archive.has(sectionInsights) {
		if outcome.Insights, err = sc.insights(minutes, book); err != nil {
			return nil, fmt.Errorf("%s: %w", sc.File, err)
		}
	}
	return outcome, nil
}

// Compute folds and prices every minute that the batches speak of, in order. A
// batch that is there twice counts once, as in the real ingest.
func Compute(facts []model.Fact, batches []model.Batch, book *pricing.Book) ([]Minute, error) {
	inputs := map[model.Minute]*minute.Input{}
	seen := map[model.BatchKey]bool{}
	for _, batch := range batches {
		if seen[batch.BatchKey] {
			continue
		}
		seen[batch.BatchKey] = true
		addBatch(inputs, batch)
	}
	var order []model.Minute
	for m := range inputs {
		order = append(order, m)
	}
	slices.Sort(order)
	var minutes []Minute
	previous := model.Digest("")
	for number, m := range order {
		input := inputs[m]
		input.Facts = factsIn(facts, m)
		computed, err := minute.Compute(*input, minute.ListPrices(book))
		if err != nil {
			return nil, err
		}
		version := computed.Version(previous, uint64(number+1), model.VersionFold, "scenario")
		previous = version.Digest
		minutes = append(minutes, Minute{Computed: computed, Input: *input, Version: version})
	}
	return minutes, nil
}

// addBatch adds a batch to the inputs of the minutes that it speaks of.
func addBatch(inputs map[model.Minute]*minute.Input, batch model.Batch) {
	head := batch.Head(batch.CoveredThrough)
	for m := head.MinuteFrom; m < head.MinuteTo; m++ {
		if inputs[m] == nil {
			inputs[m] = &minute.Input{Minute: m}
		}
		inputs[m].Batches = append(inputs[m].Batches, head)
	}
	for _, row := range batch.Flows {
		input := inputs[row.Minute()]
		input.Rows = append(input.Rows, attribution.ReportedRow{Agent: batch.Agent, Row: row})
	}
}

// factsIn returns the facts that held at some instant of the minute.
func factsIn(facts []model.Fact, m model.Minute) []model.Fact {
	period := model.Period{From: m.Start(), To: m.End()}
	var held []model.Fact
	for _, fact := range facts {
		if fact.Period.Overlaps(period) {
			held = append(held, fact)
		}
	}
	return held
}

// incomplete returns the nodes whose agents did not report the whole minute.
func (sc *Scenario) incomplete(m model.Minute) []model.AgentID {
	var nodes []model.AgentID
	for _, agent := range sc.Agents {
		covered := sc.covered(agent, m)
		if len(covered) != 1 || covered[0].From != m.Start() || covered[0].To != m.End() {
			nodes = append(nodes, agent)
		}
	}
	return nodes
}

func (sc *Scenario) lossesIn(m model.Minute) []loss {
	var lost []loss
	for _, l := range sc.losses {
		if model.MinuteOf(l.From) == m {
			lost = append(lost, l)
		}
	}
	return lost
}
