package rollup_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/model"
)

// service is one of several on the same stores.
type service struct {
	*disturbed
	loop     *rollup.Loop
	registry *prometheus.Registry
	hub      *rollup.Hub
	// Each runs once, before the call goes on to the stores.
	beforeFacts, beforePublish func()
	// insteadOfWrite runs once in place of the call, which it is given.
	insteadOfWrite func(ctx context.Context, write func(context.Context) error) error
}

func newService(t *testing.T, stores *rolluptest.Stores, clock *rolluptest.Clock) *service {
	t.Helper()
	s := &service{disturbed: &disturbed{Stores: stores.Again()}, registry: prometheus.NewRegistry(), hub: rollup.NewHub()}
	deps := rolluptest.Dependencies(t, s, s, clock, rolluptest.Rules(), s.hub)
	deps.Registry = s.registry
	s.loop = rollup.New(deps)
	return s
}

func (s *service) Facts(ctx context.Context, from, to, through time.Time) ([]model.Fact, time.Time, error) {
	once(&s.beforeFacts)
	return s.disturbed.Facts(ctx, from, to, through)
}

func (s *service) Publish(ctx context.Context, p graphstore.Publication) error {
	once(&s.beforePublish)
	return s.disturbed.Publish(ctx, p)
}

func (s *service) WriteVersion(ctx context.Context, version model.GraphVersion, edges []model.PricedEdge, statement pricing.Statement) error {
	if instead := s.insteadOfWrite; instead != nil {
		s.insteadOfWrite = nil
		return instead(ctx, func(ctx context.Context) error {
			return s.disturbed.WriteVersion(ctx, version, edges, statement)
		})
	}
	return s.disturbed.WriteVersion(ctx, version, edges, statement)
}

func once(do *func()) {
	if todo := *do; todo != nil {
		*do = nil
		todo()
	}
}

// step expects no failure: to stand by is none.
func (s *service) step(t *testing.T) {
	t.Helper()
	if err := s.loop.Step(t.Context()); err != nil {
		t.Error(err)
	}
}

// writes is how often it changed the series.
func (s *service) writes() (count int) {
	for _, name := range s.names {
		if name == "WriteVersion" || name == "DropAfter" {
			count++
		}
	}
	return count
}

// leads is what its metric says.
func (s *service) leads(t *testing.T) bool {
	t.Helper()
	families, err := s.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		if family.GetName() == "egressor_rollup_leading" {
			return family.GetMetric()[0].GetGauge().GetValue() == 1
		}
	}
	t.Fatal("no metric says whether it leads")
	return false
}

// undisturbed is what the story ends with when one service is told it.
func undisturbed(t *testing.T) rolluptest.State {
	t.Helper()
	stores := rolluptest.Open(t)
	tell(t, stores, fault{})
	return stores.Read(t)
}

// expectState compares the stores with an undisturbed run, whose verification is clean.
func expectState(t *testing.T, want rolluptest.State, stores *rolluptest.Stores) {
	t.Helper()
	if len(want.InGraph) != 4 || len(want.Problems) > 0 {
		t.Fatalf("undisturbed: %d versions, want 4; verify: %v", len(want.InGraph), want.Problems)
	}
	if diff := cmp.Diff(want, stores.Again().Read(t), exactMoney); diff != "" {
		t.Errorf("(-undisturbed +now):\n%s", diff)
	}
}

func TestOfServicesThatStepTogetherOneWrites(t *testing.T) {
	want := undisturbed(t)
	stores := rolluptest.Open(t)
	clock := rolluptest.NewClock(rolluptest.First.Start())
	services := []*service{newService(t, stores, clock), newService(t, stores, clock), newService(t, stores, clock)}
	for _, event := range rolluptest.Story(t) {
		stores.Append(t, event.Received, event.Batches...)
		clock.Set(event.Step)
		var together sync.WaitGroup
		for _, s := range services {
			together.Go(func() { s.step(t) })
		}
		together.Wait()
	}
	leaders := 0
	for i, s := range services {
		if s.leads(t) {
			leaders++
		} else if s.writes() > 0 {
			t.Errorf("service %d stands by and wrote: %v", i, s.names)
		}
	}
	if leaders != 1 {
		t.Errorf("%d services lead, want 1", leaders)
	}
	expectState(t, want, stores)
}

func TestAnotherTakesOverWhenTheLeaseRunsOut(t *testing.T) {
	want := undisturbed(t)
	stores := rolluptest.Open(t)
	clock := rolluptest.NewClock(rolluptest.First.Start())
	first, second := newService(t, stores, clock), newService(t, stores, clock)
	told := second.hub.Subscribe(t.Context())
	for i, event := range rolluptest.Story(t) {
		stores.Append(t, event.Received, event.Batches...)
		clock.Set(event.Step)
		if i < 2 {
			first.step(t)
		}
		if second.step(t); second.leads(t) != (i > 2) {
			t.Fatalf("event %d: the second leads %t", i, second.leads(t))
		}
		if i == 2 { // the first is silent now
			stores.LeaseRunsOut(t)
			second.step(t)
		}
		if len(told) != i+1 {
			t.Fatalf("event %d: the second's subscriber was told %d times", i, len(told))
		}
	}
	written := first.writes()
	first.step(t) // it was only asleep
	if first.leads(t) || first.writes() != written {
		t.Errorf("the first leads %t after it was replaced, and wrote: %v", first.leads(t), first.names)
	}
	expectState(t, want, stores)
}

// Wherever in its fold a service falls asleep, it notices on waking that
// another has folded, and changes nothing.
func TestWhoIsOvertakenInTheMiddleOfAFoldStandsBy(t *testing.T) {
	want := undisturbed(t)
	for name, interrupt := range map[string]func(s *service, overtaken func()){
		"before it writes":  func(s *service, overtaken func()) { s.beforeFacts = overtaken },
		"before it commits": func(s *service, overtaken func()) { s.beforePublish = overtaken },
		"while it is writing": func(s *service, overtaken func()) {
			s.insteadOfWrite = func(ctx context.Context, _ func(context.Context) error) error {
				overtaken()
				<-ctx.Done() // the next renewal fails
				return ctx.Err()
			}
		},
		"while it is writing, and its rows come through": func(s *service, overtaken func()) {
			s.insteadOfWrite = func(ctx context.Context, write func(context.Context) error) error {
				overtaken()
				return write(ctx) // beside those of the other
			}
		},
		"while it cleans up, and what the other wrote is gone": func(s *service, overtaken func()) {
			s.beforePublish = func() {
				overtaken()
				if err := s.Flows.DropAfter(context.Background(), 1); err != nil {
					panic(err)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			stores := rolluptest.Open(t)
			clock := rolluptest.NewClock(rolluptest.First.Start())
			first, second := newService(t, stores, clock), newService(t, stores, clock)
			for i, event := range rolluptest.Story(t) {
				stores.Append(t, event.Received, event.Batches...)
				clock.Set(event.Step)
				if i == 1 {
					interrupt(first, func() { stores.LeaseRunsOut(t); second.step(t) })
				}
				first.step(t)
				second.step(t)
			}
			if first.leads(t) || !second.leads(t) {
				t.Errorf("the first leads %t and the second %t", first.leads(t), second.leads(t))
			}
			expectState(t, want, stores)
		})
	}
}

func TestAStoppedServiceLetsTheNextLeadAtOnce(t *testing.T) {
	stores := rolluptest.Open(t)
	clock := rolluptest.NewClock(rolluptest.First.Start())
	first, second := newService(t, stores, clock), newService(t, stores, clock)
	if err := first.loop.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if second.step(t); !first.leads(t) || second.leads(t) {
		t.Fatalf("the first to start leads %t, the other %t", first.leads(t), second.leads(t))
	}
	if err := first.loop.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if second.step(t); first.leads(t) || !second.leads(t) {
		t.Errorf("after its stop the first leads %t, the other %t", first.leads(t), second.leads(t))
	}
}

// Who takes over reads back what is in the series; the first to fold has nobody's
// leftovers to look for.
func TestOnlyWhoTakesOverReadsBack(t *testing.T) {
	stores := rolluptest.Open(t)
	clock := rolluptest.NewClock(rolluptest.First.Start())
	event := rolluptest.Story(t)[0]
	stores.Append(t, event.Received, event.Batches...)
	for i, name := range []string{"the first", "the next"} {
		s := newService(t, stores, clock)
		clock.Set(event.Step.Add(time.Duration(i) * time.Hour))
		s.step(t)
		before := len(s.names)
		clock.Set(clock.Now().Add(2 * time.Minute))
		s.step(t)
		if got, want := slices.Contains(s.names[before:], "StoredSum"), i > 0; got != want {
			t.Errorf("%s reads back %t, want %t: %v", name, got, want, s.names[before:])
		}
		stores.LeaseRunsOut(t)
	}
}
