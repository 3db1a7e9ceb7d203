package model

import (
	"time"

	"github.com/egressor/egressor/internal/money"
)

// Incident is one event in which transfers deviated together, as it is stored
// and shown: what, since when, who, how much a day, why, and what it is made of.
type Incident struct {
	// ID is stable for the incident's whole life.
	ID string
	// Kind is that of its costliest anomaly.
	Kind  string
	Title string
	// Since is the first minute that was off, Detected the minute of detection,
	// Until the first normal minute, 0 while it lasts.
	Since, Detected, Until Minute
	// Impact is the cost beyond the expected so far, ImpactPerDay the same over a
	// day: the severity. What was paid is exact, what was expected an estimate.
	Impact, ImpactPerDay money.Amount
	// ImpactPerDayLow and ImpactPerDayHigh are what ImpactPerDay lies between in
	// RangePercent of all incidents; 0 per cent where that is not known.
	ImpactPerDayLow, ImpactPerDayHigh money.Amount
	RangePercent                      int
	Currency                          string
	// Version is the graph version that it was last looked at in.
	Version uint64
	// Through is the end of the newest minute that its figures are of, 0 where that was
	// not kept.
	Through Minute
	// Parts split the change of cost since Since against the time before.
	Parts CostParts
	// Conclusion is the answer to "why" in a sentence; "cause not found" is one.
	Conclusion string
	Anomalies  []Anomaly
	// Findings are the candidate causes, likeliest first.
	Findings []Finding
}

// MaxAnomalies is how many of its series an incident names: the costliest. The
// others are in its sums.
const MaxAnomalies = 50

// IncidentPlace is a place in the list of incidents: behind the one named.
type IncidentPlace struct {
	Since Minute
	ID    string
}

// CostParts are a change of cost, split exactly: the parts and the remainder add
// up to the change.
type CostParts struct {
	// Through is the end of the minutes that were compared, 0 where that was not kept: a
	// split is kept for longer than the figures of what lasts.
	Through                                      Minute
	Change, Volume, Path, Price, Tier, Remainder money.Amount
}

// Anomaly is one series that was not as usual.
type Anomaly struct {
	// Scope names the series, Source and Destination the ends of a flow's.
	Scope, Source, Destination string
	Kind                       string
	// Basis says which past it was compared with.
	Basis string
	// Filter selects its transfers in a window (docs/filter.md), "" where no filter does.
	Filter string
	// Minutes is how many minutes the sums below are of, 0 where that was not kept.
	Minutes              uint64
	Since, Until         Minute
	Bytes, ExpectedBytes uint64
	Cost, ExpectedCost   money.Amount
}

// Finding is a candidate cause with its evidence.
type Finding struct {
	Kind, Subject string
	// Entity and Revision are the ids of the workload and the rollout that did it,
	// "" where it was none.
	Entity, Revision string
	// At is when it happened, zero where no fact says so.
	At time.Time
	// Explains is the exact part of the change that falls to it.
	Explains     money.Amount
	For, Against []string
	// Score is 0 to 100, Confidence "high", "medium" or "low".
	Score      int
	Confidence string
}

// Recommendation is a change that would save money, with what it rests on.
type Recommendation struct {
	// ID is stable: the same change has the same id every day.
	ID                   string
	Kind, Subject, Title string
	// Monthly is the saving over 30 days at the rate observed; Low and High are
	// those of the least and the most saving day.
	Monthly, Low, High money.Amount
	// Saving is over the observed minutes, exactly: Before less After.
	Saving, Before, After money.Amount
	Currency              string
	// From, To and Minutes are what was looked at.
	From, To Minute
	Minutes  uint64
	// Made is the minute in which it was made first, without a break since.
	Made Minute
	// Bytes are concerned. BreakEvenBytes a month pay for what is added by the
	// hour, 0 where nothing is.
	Bytes, BreakEvenBytes uint64
	// Entities are the ids of the graph's nodes concerned.
	Entities                   []string
	Why, Assumptions, Warnings []string
	Apply, Undo                []Patch
	// Check says how to see whether it took effect.
	Check string
	// Shifts tell the change edge by edge, at most MaxShifts, the dearest first; Rest
	// is the sum of the others. They are told with one recommendation, not in lists.
	Shifts []Shift
	Rest   ShiftSum
	// Withdrawn is true of one that is not made any more.
	Withdrawn bool
}

// MinutesPerMonth is the month that savings are told for: 30 days.
const MinutesPerMonth = 30 * 24 * 60

// InMonth is what an amount over the observed minutes is in 30 days, rounded half to
// even to an atom. It fails where nothing was observed.
func (r *Recommendation) InMonth(amount money.Amount) (money.Amount, error) {
	return amount.Scale(MinutesPerMonth, r.Minutes)
}

// MaxShifts is how many edges of a change are kept one by one.
const MaxShifts = 200

// Shift is one edge that a recommendation takes bytes off, puts bytes onto, or both: an
// edge that is made smaller, or that the moved bytes of another edge fall onto.
// Its key is without rollouts.
type Shift struct {
	Key EdgeKey
	// Before is what of the concerned bytes goes by it over the observed minutes, After
	// what would go by it.
	Before, After Carried
	// Joins is true where bytes that are not concerned go by it as well.
	Joins bool
}

// Carried is what goes by an edge. The zero value is nothing at all: Carries is true
// also where no byte was counted.
type Carried struct {
	Carries bool
	Bytes   uint64
	// Cost is at list prices, exactly.
	Cost money.Amount
}

// ShiftSum adds up shifts.
type ShiftSum struct {
	Shifts                  int
	BytesBefore, BytesAfter uint64
	Before, After           money.Amount
}

// Add adds a shift. It fails with money.ErrOverflow.
func (s *ShiftSum) Add(shift *Shift) (err error) {
	s.Shifts++
	s.BytesBefore += shift.Before.Bytes
	s.BytesAfter += shift.After.Bytes
	if s.Before, err = s.Before.Add(shift.Before.Cost); err != nil {
		return err
	}
	s.After, err = s.After.Add(shift.After.Cost)
	return err
}

// Patch is a text that makes a change or undoes it.
type Patch struct{ Tool, Text string }

// Verdict is what became of a recommendation that facts say is followed: what it
// saves, measured, beside what it was to save, both at the traffic since then.
type Verdict struct {
	// Recommendation is its id; Kind, Subject and Title are as in Recommendation.
	Recommendation, Kind, Subject, Title string
	// Applied is since when the facts say so, Evidence the fact in words.
	Applied  time.Time
	Evidence string
	// State is measuring, effective, partly-effective, not-effective or no-traffic.
	State string
	// Predicted and Realised are over 30 days, without what stands by the hour.
	Predicted, Realised money.Amount
	Currency            string
	// From, To and Minutes are what was measured.
	From, To Minute
	Minutes  uint64
	// Summary says it in a sentence, Reasons why less was saved than predicted.
	Summary string
	Reasons []string
	// Entities are the ids of the graph's nodes concerned.
	Entities []string
}

// VerdictMeasuring is the state of a verdict that has too few minutes yet.
const VerdictMeasuring = "measuring"
