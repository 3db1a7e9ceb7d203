package insight

import (
	"testing"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestShiftsOfKeepsTheDearest: what becomes dear counts like what was, and what is
// left out is summed.
func TestShiftsOfKeepsTheDearest(t *testing.T) {
	carried := func(atoms int64) model.Carried {
		return model.Carried{Carries: true, Bytes: uint64(atoms), Cost: money.FromAtoms(atoms)}
	}
	var shifts []model.Shift
	for n := range model.MaxShifts + 2 {
		shifts = append(shifts, model.Shift{Key: model.EdgeKey{ServerPort: uint16(n)}, Before: carried(int64(n + 1))})
	}
	shifts[0] = model.Shift{Key: model.EdgeKey{ServerPort: 0}, After: carried(10_000), Joins: true}
	kept, rest, err := shiftsOf(shifts)
	if err != nil || len(kept) != model.MaxShifts {
		t.Fatalf("kept %d, %v; want %d", len(kept), err, model.MaxShifts)
	}
	if !kept[0].Joins || kept[0].After.Bytes != 10_000 || kept[1].Before.Bytes != model.MaxShifts+2 {
		t.Errorf("first %+v and %+v, want the one that becomes dear, then the dearest", kept[0], kept[1])
	}
	want := model.ShiftSum{Shifts: 2, BytesBefore: 2 + 3, Before: money.FromAtoms(2 + 3)}
	if rest != want {
		t.Errorf("the rest is %+v, want %+v", rest, want)
	}
}
