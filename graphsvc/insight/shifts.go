package insight

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// shiftsOf are the dearest shifts of a change as they are stored, and the sum of the
// others. Before and after count alike: what becomes dear is as much worth a look as
// what was.
func shiftsOf(shifts []model.Shift) ([]model.Shift, model.ShiftSum, error) {
	type weighed struct {
		shift  model.Shift
		weight money.Amount
	}
	all := make([]weighed, len(shifts))
	for i := range shifts {
		s := &shifts[i]
		weight, err := s.Before.Cost.Add(s.After.Cost)
		if err != nil {
			return nil, model.ShiftSum{}, err
		}
		all[i] = weighed{*s, weight}
	}
	slices.SortStableFunc(all, func(a, b weighed) int {
		return cmp.Or(b.weight.Cmp(a.weight), cmp.Compare(b.shift.Before.Bytes+b.shift.After.Bytes, a.shift.Before.Bytes+a.shift.After.Bytes))
	})
	var kept []model.Shift
	var rest model.ShiftSum
	for i := range all {
		if i < model.MaxShifts {
			kept = append(kept, all[i].shift)
			continue
		}
		if err := rest.Add(&all[i].shift); err != nil {
			return nil, model.ShiftSum{}, err
		}
	}
	return kept, rest, nil
}
