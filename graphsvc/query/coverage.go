package query

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// MaxCoverageMinutes bounds how long a window coverage is asked for.
const MaxCoverageMinutes = 24 * 60

// NodeCoverage is how far one node's agent reported each minute of a window.
type NodeCoverage struct {
	Agent   model.AgentID
	Minutes []MinuteCoverage
}

// MinuteCoverage is one node in one minute.
type MinuteCoverage struct {
	Minute model.Minute
	// CoveredMicros and LostMicros are how much of the minute was reported on, and
	// for how much of it a loss was reported.
	CoveredMicros, LostMicros int64
	// Lost is true also for a loss at one instant.
	Lost bool
	// Full is what decides whose report is taken: all of the minute, nothing lost.
	Full bool
}

// CoverageOf makes the coverage of [from, to) out of the batches that speak of it.
func CoverageOf(heads []model.BatchHead, from, to model.Minute) []NodeCoverage {
	var coverage attribution.Coverage
	for _, head := range heads {
		coverage.AddBatch(model.Batch{
			BatchKey: head.BatchKey, CoveredFrom: head.CoveredFrom, CoveredThrough: head.CoveredThrough, Losses: head.Losses,
		})
	}
	at := map[model.AgentID]int{}
	var nodes []NodeCoverage
	for minute := from; minute < to; minute++ {
		for _, report := range coverage.Minute(minute) {
			number, known := at[report.Agent]
			if !known {
				number = len(nodes)
				at[report.Agent] = number
				nodes = append(nodes, NodeCoverage{Agent: report.Agent})
			}
			nodes[number].Minutes = append(nodes[number].Minutes, MinuteCoverage{
				Minute: minute, CoveredMicros: length(report.Covered), LostMicros: length(report.Lost), Lost: len(report.Lost) > 0,
				Full: coverage.Full(report.Agent, minute),
			})
		}
	}
	slices.SortFunc(nodes, func(a, b NodeCoverage) int { return strings.Compare(a.Agent.String(), b.Agent.String()) })
	return nodes
}

func length(spans [][2]int64) (micros int64) {
	for _, span := range spans {
		micros += span[1] - span[0]
	}
	return micros
}

// Coverage tells for each node that reported anything in a window, and each of its
// minutes, how far it is covered. It is known as of now: late reports fill gaps.
func (e *Explorer) Coverage(ctx context.Context, ask Ask) ([]NodeCoverage, Window, error) {
	window, version, err := e.resolve(ctx, ask)
	if err != nil || version == nil {
		return nil, window, err
	}
	if length := int(window.To - window.From); length > MaxCoverageMinutes {
		return nil, window, badInput("ask for at most "+strconv.Itoa(MaxCoverageMinutes)+" minutes", "coverage of %d minutes", length)
	}
	nodes, err := e.series.Coverage(ctx, window)
	if err != nil {
		return nil, window, unavailable("the flow store", err)
	}
	return nodes, window, nil
}
