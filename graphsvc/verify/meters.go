package verify

import (
	"context"
	"fmt"
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// mostUnsettled bounds how many unsettled minutes of a month are looked at.
const mostUnsettled = 1000

// meters checks that what a version says of its meters is stored as it was
// computed: the meters of every later minute of the month add these up.
func (v Verifier) meters(ctx context.Context, checked *Checked, computed []pricing.MeterUse) error {
	stored, err := v.Flows.Uses(ctx, checked.Version)
	if err != nil {
		return err
	}
	byPool := func(uses []pricing.MeterUse) map[pricing.Pool]pricing.MeterUse {
		pools := make(map[pricing.Pool]pricing.MeterUse, len(uses))
		for _, use := range uses {
			pools[use.Pool] = use
		}
		return pools
	}
	if len(stored) != len(computed) {
		checked.problem("meter_minutes has %d meters, priced again it has %d", len(stored), len(computed))
	}
	kept := byPool(stored)
	for _, use := range computed {
		if kept[use.Pool] != use {
			checked.problem("meter_minutes: %s of %q in %s moved by %d bytes from %d; priced again it moves by %d from %d",
				use.Pool.Fee, use.Pool.Account, use.Pool.Region, kept[use.Pool].Bytes, kept[use.Pool].BeforeBytes, use.Bytes, use.BeforeBytes)
		}
	}
	return nil
}

// NotSettled is the note on a minute whose meters have moved since it was
// priced and whose repricing is still to come.
const NotSettled = "not settled: minutes before it changed, and its charges await repricing"

// settling knows which versions are the newest of their minutes, and which
// minutes of each month are unsettled.
type settling struct {
	newest map[model.Minute]uint64
	months map[model.Minute][]model.Minute
}

func newSettling(versions []model.GraphVersion) *settling {
	s := &settling{newest: map[model.Minute]uint64{}, months: map[model.Minute][]model.Minute{}}
	for i := range versions {
		s.newest[versions[i].From] = max(s.newest[versions[i].From], versions[i].Number)
	}
	return s
}

// check notes, on the newest version of a minute, that the month's minutes
// priced in order would give it other charges. A running service is about to
// reprice it.
func (s *settling) check(ctx context.Context, flows Flows, checked *Checked, head uint64) error {
	version := checked.Version
	if version.PricingMode != string(pricing.Marginal) || s.newest[version.From] != version.Number {
		return nil
	}
	first, _ := pricing.MonthOf(version.From)
	minutes, known := s.months[first]
	if !known {
		var err error
		if minutes, err = flows.Unsettled(ctx, first, head, mostUnsettled); err != nil {
			return err
		}
		s.months[first] = minutes
	}
	if _, found := slices.BinarySearch(minutes, version.From); found {
		checked.note(NotSettled)
	}
	return nil
}

func (c *Checked) note(text string) {
	if c.Note != "" {
		text = fmt.Sprintf("%s; %s", c.Note, text)
	}
	c.Note = text
}
