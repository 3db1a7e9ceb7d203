package flowstore_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	difference "github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/testkit"
)

// ledger is what versions said of minutes: the truth that sums are held against.
type ledger struct {
	first model.Minute
	// said is what each version said each edge carried, in a minute.
	said []spoken
}

type spoken struct {
	of    model.Minute
	bytes map[string]uint64
}

// charged is what edges carried by then, bucket by bucket.
func (l *ledger) charged(w flowstore.Window, bucket model.Minute) map[model.Minute]map[model.EdgeID]uint64 {
	sums := map[model.Minute]map[model.EdgeID]uint64{}
	newest := map[model.Minute]spoken{}
	for _, said := range l.said[:w.Version] {
		newest[said.of] = said
	}
	for of, said := range newest {
		if of < w.From || of >= w.To {
			continue
		}
		begin := w.From
		if bucket > 0 {
			begin = max(begin, of-of%bucket)
		}
		for name, bytes := range said.bytes {
			if sums[begin] == nil {
				sums[begin] = map[model.EdgeID]uint64{}
			}
			sums[begin][edgeTo(name).ID()] += bytes
		}
	}
	return sums
}

const ledgerMinutes = 3 * 24 * 60

// tell folds, refolds and reprices random minutes of three days.
func (l *ledger) tell(t *testing.T, store *flowstore.Store, random *rand.Rand, versions int) {
	t.Helper()
	for range versions {
		said := spoken{of: l.first + model.Minute(random.IntN(ledgerMinutes)), bytes: map[string]uint64{}}
		if len(l.said) > 0 && random.IntN(3) == 0 {
			said.of = l.said[random.IntN(len(l.said))].of
		}
		for n := range random.IntN(5) {
			said.bytes[fmt.Sprint("s", n)] = random.Uint64N(1 << 40)
		}
		l.said = append(l.said, said)
		writeVersion(t, store, uint64(len(l.said)), said.of, said.bytes)
	}
}

func (l *ledger) all(version int) flowstore.Window {
	return flowstore.Window{From: l.first, To: l.first + ledgerMinutes, Version: uint64(version)}
}

// sum adds all hours and days up as they are as of a version.
func (l *ledger) sum(t *testing.T, store *flowstore.Store, version int) (spans int) {
	t.Helper()
	for _, length := range []model.Minute{flowstore.ChargeHour, flowstore.ChargeDay} {
		found, err := store.Unsummed(t.Context(), length, l.all(version), start, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, span := range found {
			if _, err := store.SumCharges(t.Context(), span, time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		spans += len(found)
	}
	return spans
}

// ask compares random questions with the truth.
func (l *ledger) ask(t *testing.T, store *flowstore.Store, random *rand.Rand, questions int) {
	t.Helper()
	for range questions {
		w := l.all(1 + random.IntN(len(l.said)))
		if random.IntN(4) > 0 {
			w.From += model.Minute(random.IntN(ledgerMinutes - 1))
			w.To = w.From + 1 + model.Minute(random.IntN(int(w.To-w.From)))
		}
		bucket := []model.Minute{0, 60, 24 * 60}[random.IntN(3)]
		if diff := difference.Diff(l.charged(w, bucket), chargedBy(t, store, w, bucket)); diff != "" {
			t.Fatalf("charges from %s to %s as of version %d in buckets of %d minutes (-want +got):\n%s", w.From, w.To, w.Version, bucket, diff)
		}
	}
}

// Whatever was added up before and whatever changed since, the charges of any
// window as of any version are the sums of its minutes.
func TestSumsOfSpansAreTheSumsOfTheirMinutes(t *testing.T) {
	random := testkit.Rand(t)
	store := openStore(t)
	l := &ledger{first: minute - minute%(24*60)}
	l.tell(t, store, random, 30)
	for range 4 {
		if l.sum(t, store, 1+random.IntN(len(l.said))) == 0 {
			t.Log("nothing was left to add up")
		}
		l.ask(t, store, random, 15)
		l.tell(t, store, random, 15)
		l.ask(t, store, random, 15)
	}
	if l.sum(t, store, len(l.said)) == 0 || l.sum(t, store, len(l.said)) != 0 {
		t.Error("spans are added up more than once, or never")
	}
	l.ask(t, store, random, 20)
	// A store that is put back to an earlier version knows nothing of what came after.
	l.said = l.said[:40]
	if err := store.DropAfter(t.Context(), 40); err != nil {
		t.Fatal(err)
	}
	l.tell(t, store, random, 20)
	l.ask(t, store, random, 20)
	if err := store.DropSums(t.Context(), l.first+ledgerMinutes); err != nil {
		t.Fatal(err)
	}
	l.ask(t, store, random, 10)
}

// What is not settled yet is left alone, and what is not all there any more is
// refused: then the minutes go on to be asked.
func TestSumsAreOfWholeAndSettledSpans(t *testing.T) {
	db := openDB(t)
	store := flowstore.New(db)
	l := &ledger{first: minute - minute%(24*60)}
	l.said = []spoken{{l.first + 61, map[string]uint64{"cart": 5}}}
	writeVersion(t, store, 1, l.first+61, l.said[0].bytes)
	early, err := store.Unsummed(t.Context(), flowstore.ChargeHour, l.all(1), start.Add(-time.Nanosecond), 10)
	if err != nil || len(early) != 0 {
		t.Errorf("spans %v are settled before they were committed (%v)", early, err)
	}
	due, err := store.Unsummed(t.Context(), flowstore.ChargeHour, l.all(1), start, 10)
	if err != nil || len(due) != 1 || due[0].From != l.first+60 || due[0].Version != 1 {
		t.Fatalf("to add up: %v, %v", due, err)
	}
	if err := db.Exec(t.Context(), "TRUNCATE TABLE charge_minutes"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.SumCharges(t.Context(), due[0], start); !errors.Is(err, flowstore.ErrChargesGone) {
		t.Errorf("charges that are gone were added up: %v", err)
	}
}

// Lines of several queries are added up where all but bytes and amount is alike.
func TestChargesOfSpansAndMinutesBecomeOneLine(t *testing.T) {
	store := openStore(t)
	first := minute - minute%60
	writeVersion(t, store, 1, first+1, map[string]uint64{"cart": 5})
	writeVersion(t, store, 2, first+70, map[string]uint64{"cart": 7, "catalog": 1})
	span := flowstore.ChargeSpan{Length: flowstore.ChargeHour, From: first, Version: 1}
	if lines, err := store.SumCharges(t.Context(), span, start); err != nil || lines != 1 {
		t.Fatalf("%d lines, %v", lines, err)
	}
	charged, err := store.Charged(t.Context(), flowstore.Window{From: first, To: first + 80, Version: 2}, 0)
	if err != nil || len(charged) != 2 {
		t.Fatalf("charged %+v, %v", charged, err)
	}
	slices.SortFunc(charged, func(a, b flowstore.Charged) int { return cmp.Compare(a.Line.Bytes, b.Line.Bytes) })
	if charged[1].Line.Bytes != 12 || charged[1].Line.Amount != money.FromNano(12) || charged[1].From != first {
		t.Errorf("cart's two hours are %+v", charged[1])
	}
}
