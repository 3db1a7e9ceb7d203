package rollup_test

import (
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/testkit"
)

var exactMoney = cmpopts.EquateComparable(money.Amount{})

// tell runs the story against stores. When the process dies, another one takes
// over on the same stores. It returns the first process's calls.
func tell(t *testing.T, stores *rolluptest.Stores, strike fault) *disturbed {
	t.Helper()
	first := &disturbed{Stores: stores, fault: strike}
	clock := rolluptest.NewClock(rolluptest.First.Start())
	loop := rolluptest.Loop(t, first, first, clock, rolluptest.Rules(), rollup.NewHub())
	for _, event := range rolluptest.Story(t) {
		stores.Append(t, event.Received, event.Batches...)
		clock.Set(event.Step)
		err := loop.Step(t.Context())
		if err != nil && !errors.Is(err, errStruck) {
			t.Fatal(err)
		}
		if err == nil {
			continue
		}
		if strike.dies {
			stores.LeaseRunsOut(t)
			next := &disturbed{Stores: stores.Again()}
			loop = rolluptest.Loop(t, next, next, clock, rolluptest.Rules(), rollup.NewHub())
		}
		clock.Set(event.Step.Add(time.Second))
		if err := loop.Step(t.Context()); err != nil {
			t.Fatalf("the step after the fault: %v", err)
		}
	}
	return first
}

// Whichever call to a store fails or is the process's last, and whether it took
// effect or not, both stores end up as if nothing had happened. One of a call's
// faults is struck, whichever the seed says; with EGRESSOR_CHAOS_POINTS, which is
// what make chaos sets, every one.
func TestAFaultAtAnyCallLeavesNoTrace(t *testing.T) {
	undisturbed := rolluptest.Open(t)
	calls := tell(t, undisturbed, fault{}).names
	want := undisturbed.Read(t)
	if len(want.InGraph) != 4 || len(want.Problems) > 0 {
		t.Fatalf("undisturbed: %d versions, want 4; verify: %v", len(want.InGraph), want.Problems)
	}
	step := 1
	if testing.Short() {
		step = 5
	}
	random, every := testkit.Rand(t), os.Getenv("EGRESSOR_CHAOS_POINTS") != ""
	for at := 1; at <= len(calls); at += step {
		strikes := faults(at, calls[at-1])
		if !every {
			strikes = []fault{strikes[random.IntN(len(strikes))]}
		}
		for _, strike := range strikes {
			t.Run(fmt.Sprintf("%d %s %s", at, calls[at-1], strike), func(t *testing.T) {
				stores := rolluptest.Open(t)
				tell(t, stores, strike)
				if diff := cmp.Diff(want, stores.Again().Read(t), exactMoney); diff != "" {
					t.Fatalf("(-undisturbed +disturbed):\n%s", diff)
				}
			})
		}
	}
}

// faults are those that can befall a call. What only reads has no effect that
// could be doubtful: half of these calls fail and half are the last.
func faults(at int, name string) []fault {
	all := []fault{{at: at}, {at: at, dies: true}}
	switch name {
	default:
		all = all[at%2:][:1]
	case "WriteVersion":
		all = append(all, fault{at: at, took: true, torn: true}, fault{at: at, took: true, torn: true, dies: true})
		fallthrough
	case "Publish", "DropAfter", "AcquireLease", "RenewLease":
		all = append(all, fault{at: at, took: true}, fault{at: at, took: true, dies: true})
	}
	return all
}

func (f fault) String() string {
	text := "fails"
	if f.dies {
		text = "is the last"
	}
	if f.took {
		text += " but took effect"
	}
	if f.torn {
		text += " in part"
	}
	return text
}

// A commit that comes through after everybody gave it up leaves the graph with
// a version whose series was dropped; the next start writes it again.
func TestASeriesThatIsNotTheGraphsIsWrittenAgain(t *testing.T) {
	for name, harm := range map[string]func(*testing.T, *rolluptest.Stores, rolluptest.State){
		"dropped": func(t *testing.T, stores *rolluptest.Stores, told rolluptest.State) {
			if err := stores.Flows.DropAfter(t.Context(), 3); err != nil {
				t.Fatal(err)
			}
		},
		"written twice by a second service": func(t *testing.T, stores *rolluptest.Stores, told rolluptest.State) {
			other := told.InSeries[3]
			other.Digest = "of the service that lost"
			if err := stores.Flows.WriteVersion(t.Context(), other, nil, pricing.Statement{}); err != nil {
				t.Fatal(err)
			}
		},
		"with edges that another service left": func(t *testing.T, stores *rolluptest.Stores, told rolluptest.State) {
			err := stores.ClickHouse.Exec(t.Context(), "INSERT INTO edge_minutes SELECT * FROM edge_minutes WHERE version = 4")
			if err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			stores := rolluptest.Open(t)
			tell(t, stores, fault{})
			told := stores.Read(t)
			harm(t, stores, told)
			events := rolluptest.Story(t)
			clock := rolluptest.NewClock(events[3].Step.Add(time.Minute))
			stores.LeaseRunsOut(t)
			loop := rolluptest.Loop(t, stores.Flows, stores.Graph, clock, rolluptest.Rules(), rollup.NewHub())
			if err := loop.Step(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(told, stores.Read(t), exactMoney); diff != "" {
				t.Fatalf("(-before +after):\n%s", diff)
			}
		})
	}
}

// Where the series cannot be computed again as it was, the minute gets a new
// version instead of a hole.
func TestASeriesThatCannotBeWrittenAgainIsFoldedAnew(t *testing.T) {
	stores := rolluptest.Open(t)
	tell(t, stores, fault{})
	if err := stores.Flows.DropAfter(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	// As if the version had been made from a fact that is not there any more.
	for _, table := range []string{"facts", "fact_days"} {
		err := stores.ClickHouse.Exec(t.Context(), "ALTER TABLE "+table+" DELETE WHERE kind = 'node' SETTINGS mutations_sync = 2")
		if err != nil {
			t.Fatal(err)
		}
	}
	events := rolluptest.Story(t)
	clock := rolluptest.NewClock(events[3].Step.Add(time.Minute))
	stores.LeaseRunsOut(t)
	loop := rolluptest.Loop(t, stores.Flows, stores.Graph, clock, rolluptest.Rules(), rollup.NewHub())
	if err := loop.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	head, _, err := stores.Graph.Head(t.Context())
	if err != nil || head.Number != 5 || head.Kind != model.VersionRefold || head.From != rolluptest.First+1 {
		t.Fatalf("the newest version is %d, a %s of %s (%v); want 5, a refold of %s", head.Number, head.Kind, head.From, err, rolluptest.First+1)
	}
}
