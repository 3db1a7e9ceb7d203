package diagnosis

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// CauseKind says what made the change.
type CauseKind string

// Kinds of cause.
const (
	CauseRollout      CauseKind = "rollout"
	CauseConfig       CauseKind = "config-change"
	CauseCompression  CauseKind = "compression-off"
	CauseScaling      CauseKind = "scaling"
	CauseRescheduling CauseKind = "rescheduling"
	CauseNodes        CauseKind = "node-pool"
	CauseRoute        CauseKind = "route-change"
	CauseService      CauseKind = "service-change"
	CauseNewConsumer  CauseKind = "new-consumer"
	CauseRetries      CauseKind = "retry-storm"
	CauseBatch        CauseKind = "batch"
	CauseCache        CauseKind = "cache-loss"
	CauseRestarts     CauseKind = "restarts"
	CauseDemand       CauseKind = "demand"
	CausePrice        CauseKind = "price-book"
	CauseTier         CauseKind = "tier"
	// CauseRenamed is told of an incident that costs nothing: package insight finds it in
	// what deviates, not here in what changed.
	CauseRenamed CauseKind = "renamed"
)

// Cause is a candidate with what speaks for and against it.
type Cause struct {
	Kind CauseKind
	// Subject names what did it; Workload is set where it is one, and Revision
	// where a rollout.
	Subject  string
	Workload model.Identity
	Revision string
	// At is when it happened, zero where no fact says so.
	At time.Time
	// Explains is the exact part of the change that falls to it. No part falls to
	// two causes: the more likely one takes it.
	Explains money.Amount
	// For and Against are the evidence, as sentences.
	For, Against []string
	// Score is 0 to 100: up to 40 for the share of the change that it can explain,
	// 25 for the order in time and 35 for how well the traffic looks like it.
	Score int

	parts []*money.Amount // the parts of the change that it claims
	share float64
}

// Confidence puts a score in words. docs/benchmarks.md has how often causes of
// each were right on generated incidents.
func (c *Cause) Confidence() string {
	const high, medium = 80, 60
	switch {
	case c.Score >= high:
		return "high"
	case c.Score >= medium:
		return "medium"
	default:
		return "low"
	}
}

// scoreToName is the least score at which a cause is named at all.
const scoreToName = 50

// Question is what is to be explained.
type Question struct {
	// Since is the first minute of what deviates.
	Since model.Minute
	// Until is set where two periods are compared with a time between them in which
	// several things may have happened: what happened from Since until then is in
	// time for a cause. 0 where what deviates began at Since.
	Until model.Minute
	// Before and After are the neighbourhood: every edge whose change may say
	// something, not those of the incident alone.
	Before, After Period
	// Flows are the incident's; none means everything.
	Flows   []baseline.Flow
	Changes []Change
	Quote   Quote
	// Season is how many times as much a flow usually carries in After as in Before,
	// for periods that are hours apart: what the day does is no pattern of a cause.
	// It does not touch the exact split. Nil is 1 for every flow.
	Season func(baseline.Flow) float64
	// Known reports whether a flow carried bytes at some time earlier than Before: a
	// nightly batch that did not run in the hour before is no newcomer. Nil is that
	// nothing is known of earlier times.
	Known func(baseline.Flow) bool
}

// Finding is the answer.
type Finding struct {
	// Split and Levels are of the incident's flows.
	Split  Split
	Levels []Level
	// Causes are ranked, likeliest first. Empty is an answer: not found.
	Causes []Cause
	// Unexplained is the change less what the causes explain, exactly.
	Unexplained money.Amount
	// Unobserved says which time was not observed, "" where both were: nothing is known
	// of the change then, and nothing else is said.
	Unobserved string
}

// Diagnose explains a change.
func Diagnose(q Question) (Finding, error) {
	for _, p := range []*Period{&q.Before, &q.After} {
		if p.Minutes == 0 { // it is unknown, which is not zero: nothing in the other is new or gone
			return Finding{Unobserved: p.From.String() + " to " + p.To.String()}, nil
		}
	}
	whole, err := SplitChange(q.Before, q.After, q.Quote)
	if err != nil {
		return Finding{}, err
	}
	signals, err := signalsOf(&q, &whole)
	if err != nil {
		return Finding{}, err
	}
	finding := Finding{Split: whole}
	if len(q.Flows) > 0 {
		if finding.Split, err = within(&whole, signals); err != nil {
			return Finding{}, err
		}
	}
	before, after := q.Before, q.After
	before.Cells, after.Cells = keepFlows(before.Cells, &q), keepFlows(after.Cells, &q)
	if finding.Levels, err = Drill(before, after); err != nil {
		return Finding{}, err
	}
	e := newExaminer(&q, signals, finding.Split.Parts)
	e.examine()
	finding.Causes = rank(e.causes)
	finding.Unexplained, err = allot(finding.Causes, finding.Split.Change)
	return finding, err
}

func keepFlows(cells []Cell, q *Question) []Cell {
	if len(q.Flows) == 0 {
		return cells
	}
	wanted := make(map[baseline.Flow]bool, len(q.Flows))
	for _, flow := range q.Flows {
		wanted[flow] = true
	}
	var kept []Cell
	for i := range cells {
		if wanted[baseline.FlowOf(&cells[i].Key)] {
			kept = append(kept, cells[i])
		}
	}
	return kept
}

func within(whole *Split, signals []signal) (Split, error) {
	inside := map[baseline.Flow]bool{}
	for i := range signals {
		inside[signals[i].flow] = signals[i].inside
	}
	var split Split
	for _, flow := range whole.Flows {
		if inside[flow.Flow] {
			split.Flows = append(split.Flows, flow)
		}
	}
	var err error
	split.Parts, err = sumParts(split.Flows)
	return split, err
}

// rank sorts the candidates and drops the unlikely ones.
func rank(causes []Cause) []Cause {
	causes = slices.DeleteFunc(causes, func(c Cause) bool { return c.Score < scoreToName })
	slices.SortStableFunc(causes, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.share, a.share), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Subject, b.Subject))
	})
	return causes
}

// allot gives every part of the change to the likeliest cause that claims it and
// returns what is left.
func allot(causes []Cause, change money.Amount) (money.Amount, error) {
	taken := map[*money.Amount]bool{}
	rest := change
	for i := range causes {
		cause := &causes[i]
		var err error
		for _, part := range cause.parts {
			if taken[part] {
				continue
			}
			taken[part] = true
			if cause.Explains, err = cause.Explains.Add(*part); err != nil {
				return rest, err
			}
		}
		if rest, err = rest.Sub(cause.Explains); err != nil {
			return rest, err
		}
	}
	return rest, nil
}

// Conclusion is the answer in a sentence.
func (f *Finding) Conclusion() string {
	if f.Unobserved != "" {
		return "cause not found: no minute of " + f.Unobserved + " was observed, so there is nothing to compare"
	}
	if len(f.Causes) == 0 {
		return "cause not found: no change of the time and no pattern of the traffic explains it"
	}
	first := &f.Causes[0]
	text := fmt.Sprintf("%s: %s (%s confidence, %d of 100)", first.Kind, first.shown(), first.Confidence(), first.Score)
	if !first.At.IsZero() {
		text += first.At.UTC().Format(" at 15:04:05 UTC on 2006-01-02")
	}
	return text
}

// shown is what did it, in words for people.
func (c *Cause) shown() string {
	if c.Workload.Kind == model.KindWorkload && c.Subject == c.Workload.ID() {
		return c.Workload.Namespace + "/" + c.Workload.Name
	}
	return c.Subject
}
