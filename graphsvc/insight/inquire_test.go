package insight

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// desk refuses the first so many inquiries.
type desk struct {
	refuses int
	made    []string
}

func (d *desk) Inquire(_ context.Context, i inquiry.Inquiry) error {
	if d.refuses > 0 {
		d.refuses--
		return errors.New("the graph store did not answer")
	}
	d.made = append(d.made, i.Incident.ID+" "+string(i.Occasion))
	return nil
}

func inquiring(t *testing.T, by *desk, from *money.Amount) *Watcher {
	t.Helper()
	settings := DefaultSettings()
	settings.InvestigateFrom = from
	w, err := New(Dependencies{Inquirer: by, Clock: &shop{}, Log: slog.New(slog.DiscardHandler)}, settings)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func costing(id string, units int64, cause string) model.Incident {
	return model.Incident{ID: id, ImpactPerDay: money.FromNano(units * 1_000_000_000), Findings: []model.Finding{{Kind: cause}}}
}

// TestWhatIsInvestigated: what costs enough, or becomes so, or is a risk; again where the
// cause becomes another and at the end; never twice.
func TestWhatIsInvestigated(t *testing.T) {
	five := money.FromNano(5_000_000_000)
	leak := costing("leak", 0, "")
	leak.Kind = "leak-like"
	over := func(i model.Incident) model.Incident { i.Until = 9; return i }
	for _, test := range []struct {
		name string
		from *money.Amount
		told []model.Incident
		want string
	}{
		{"dear", &five, []model.Incident{costing("a", 5, "x"), costing("a", 6, "x"), over(costing("a", 6, "x"))}, "[a opened a ended]"},
		{"cheap", &five, []model.Incident{costing("a", 4, "x"), over(costing("a", 4, "x"))}, "[]"},
		{"it grows", &five, []model.Incident{costing("a", 4, "x"), costing("a", 50, "x")}, "[a opened]"},
		{"it shrinks", &five, []model.Incident{costing("a", 50, "x"), costing("a", 1, "x"), over(costing("a", 1, "x"))}, "[a opened a ended]"},
		{"another cause", &five, []model.Incident{costing("a", 5, "x"), costing("a", 5, "y"), costing("a", 5, "y")}, "[a opened a cause-changed]"},
		{"a risk", &five, []model.Incident{leak}, "[leak opened]"},
		{"everything", &money.Amount{}, []model.Incident{costing("a", 0, "x")}, "[a opened]"},
		{"turned off", nil, []model.Incident{costing("a", 9, "x"), leak}, "[]"},
	} {
		by := &desk{}
		w := inquiring(t, by, test.from)
		for i := range test.told {
			w.noted(&test.told[i])
			w.inquire(t.Context())
		}
		if got := fmt.Sprint(by.made); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestAnInvestigationThatFailsIsTriedAgain: after the others, and not for ever.
func TestAnInvestigationThatFailsIsTriedAgain(t *testing.T) {
	by := &desk{refuses: 1}
	w := inquiring(t, by, &money.Amount{})
	for _, id := range []string{"a", "b"} {
		one := costing(id, 1, "x")
		w.noted(&one)
	}
	w.inquire(t.Context())
	w.inquire(t.Context())
	if got := fmt.Sprint(by.made); got != "[b opened a opened]" {
		t.Errorf("made %s", got)
	}
	by.refuses, by.made = 1000, nil
	one := costing("c", 1, "x")
	w.noted(&one)
	for range 2 * mostTries {
		w.inquire(t.Context())
	}
	if by.refuses != 1000-mostTries {
		t.Errorf("it was tried %d times, want %d", 1000-by.refuses, mostTries)
	}
}
