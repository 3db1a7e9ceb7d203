package insight

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const (
	dayMinutes = 24 * minutesPerHour
	monday     = model.Minute(29_730_240)
	grewAt     = monday + 10*dayMinutes + 9*minutesPerHour + 40
)

// shop is a flow of 2 GiB a minute with a day's swing that is six times as much from
// grewAt until a minute. It is what is stored of it, too.
type shop struct {
	until     model.Minute
	head      model.Minute // the newest minute that is folded
	incidents []model.Incident
	told      []string
	renewed   int
	// stalest is how many minutes the figures of one that lasts were behind at most.
	stalest model.Minute
	// inquired are the investigations on the record, in order.
	inquired []inquiry.Inquiry
}

var shopKey = &model.EdgeKey{
	Source:      model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "shop", Type: "Deployment", Name: "web"},
	Destination: model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "shop", Type: "Deployment", Name: "api"},
	ServerPort:  80, Protocol: model.TCP, Initiator: model.InitiatorSource, Path: model.Path{Kind: model.PathVPC},
}

func (s *shop) bytes(minute model.Minute) uint64 {
	const gib, times = 1 << 30, 6
	swing := 1 + 0.5*math.Sin(2*math.Pi*float64(minute%dayMinutes)/dayMinutes)
	noise := 0.9 + 0.2*float64(uint32(minute)*2654435761>>16&0xff)/0xff
	bytes := 2 * gib * swing * noise
	if minute >= grewAt && minute < s.until {
		bytes *= times
	}
	return uint64(bytes)
}

func (s *shop) version(minute model.Minute) model.GraphVersion {
	return model.GraphVersion{
		Number: uint64(minute), From: minute, To: minute + 1, CommittedAt: (minute + 1).Start(), Currency: "USD",
		Inputs: []model.InputRange{{Agent: model.AgentID{Cluster: "c", Node: "n"}}},
	}
}

func (s *shop) Head(context.Context) (model.GraphVersion, bool, error) {
	return s.version(s.head), true, nil
}

func (s *shop) Versions(_ context.Context, from, to model.Minute, _ uint64) (found []model.GraphVersion, _ error) {
	for minute := from; minute < min(to, s.head+1); minute++ {
		found = append(found, s.version(minute))
	}
	return found, nil
}

func (s *shop) Sums(_ context.Context, w flowstore.Window) ([]flowstore.EdgeSum, error) {
	sum := flowstore.EdgeSum{ID: shopKey.ID()}
	for minute := w.From; minute < w.To; minute++ {
		cost, err := money.FromBytes(s.bytes(minute), 20_000_000, 1<<30)
		if err != nil {
			return nil, err
		}
		if sum.Cost, err = sum.Cost.Add(cost); err != nil {
			return nil, err
		}
		sum.Sent.WireBytes += s.bytes(minute)
	}
	return []flowstore.EdgeSum{sum}, nil
}

func (*shop) Keys(context.Context, []model.EdgeID) (map[model.EdgeID]*model.EdgeKey, error) {
	return map[model.EdgeID]*model.EdgeKey{shopKey.ID(): shopKey}, nil
}

func (*shop) ChargeSums(context.Context, model.GraphVersion) ([]flowstore.ChargeSum, error) {
	return nil, nil
}

func (s *shop) Hours(_ context.Context, w flowstore.Window, _ int, take func(flowstore.FlowHour) error) error {
	shapeOf := func(values []float32) [5]float32 {
		shape, _ := baseline.ShapeOf(values)
		return [5]float32{shape.Median, shape.Lower, shape.Upper, shape.Peak, shape.Mean}
	}
	for start := max(w.From, monday); start < w.To; start += minutesPerHour {
		var bytes, nano []float32
		for minute := start; minute < start+minutesPerHour; minute++ {
			b := float64(s.bytes(minute))
			bytes, nano = append(bytes, float32(b)), append(nano, float32(b*20_000_000/(1<<30)))
		}
		if err := take(flowstore.FlowHour{
			Source: shopKey.Source.ID(), Destination: shopKey.Destination.ID(), ServerPort: 80, Protocol: model.TCP, Initiator: model.InitiatorSource,
			Start: start, Bytes: shapeOf(bytes), Cost: shapeOf(nano),
		}); err != nil {
			return err
		}
	}
	return nil
}

func (*shop) Facts(context.Context, time.Time, time.Time, time.Time) ([]model.Fact, time.Time, error) {
	return nil, time.Time{}, nil
}

func (s *shop) SaveIncident(_ context.Context, incident model.Incident) error {
	s.incidents = slices.DeleteFunc(s.incidents, func(i model.Incident) bool { return i.ID == incident.ID })
	s.incidents = append(s.incidents, incident)
	return nil
}

func (s *shop) Incidents(_ context.Context, behind model.IncidentPlace, _ int) ([]model.Incident, error) {
	if behind.ID != "" {
		return nil, nil
	}
	return slices.SortedFunc(slices.Values(s.incidents), func(a, b model.Incident) int { return cmp.Compare(b.Since, a.Since) }), nil
}

func (*shop) SaveRecommendations(context.Context, []model.Recommendation) error { return nil }
func (*shop) Made(context.Context, model.Minute) ([]model.Recommendation, error) {
	return nil, nil
}
func (*shop) SaveVerdicts(context.Context, []model.Verdict) error { return nil }

func (s *shop) Notify(_ context.Context, i model.Incident) {
	state := "began"
	if i.Until != 0 {
		state = "ended"
	}
	s.told = append(s.told, state)
}

func (s *shop) Renew(context.Context, model.Incident) { s.renewed++ }

func (s *shop) Inquire(_ context.Context, i inquiry.Inquiry) error {
	if !slices.ContainsFunc(s.inquired, func(other inquiry.Inquiry) bool { return other.ID() == i.ID() }) {
		s.inquired = append(s.inquired, i)
	}
	return nil
}

func (s *shop) occasions() string {
	var all []inquiry.Occasion
	for i := range s.inquired {
		all = append(all, s.inquired[i].Occasion)
	}
	return fmt.Sprint(all)
}

func (s *shop) Now() time.Time                     { return s.head.Start().Add(time.Minute) }
func (*shop) After(time.Duration) <-chan time.Time { return nil }

// watch is a service that is started when a minute is the newest, and that follows the
// minutes after it up to another.
func (s *shop) watch(t *testing.T, from, to model.Minute) {
	t.Helper()
	s.watchBy(t, s, from, to)
}

// watchBy is watch of what somebody else says of the flows.
func (s *shop) watchBy(t *testing.T, flows Flows, from, to model.Minute) {
	t.Helper()
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(Dependencies{Flows: flows, Graph: s, Book: func(model.Minute) *pricing.Book { return book }, Notifier: s, Inquirer: s, Clock: s, Log: slog.New(slog.DiscardHandler)}, DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	s.head = from
	if err := w.recall(t.Context()); err != nil {
		t.Fatal(err)
	}
	for s.head = from + 1; s.head < to; s.head++ {
		if err := w.look(t.Context(), s.version(s.head)); err != nil {
			t.Fatal(err)
		}
		w.inquire(t.Context())
		for i := range s.incidents {
			if s.incidents[i].Until == 0 && s.head < s.until { // nothing is added to one that is about to end
				s.stalest = max(s.stalest, s.head+1-s.incidents[i].Through)
			}
		}
	}
	s.head--
}

// TestARestartInTheMidstOfAnIncident: whenever the service is down, and for however
// long, an incident is told once, ends once, and costs the same.
func TestARestartInTheMidstOfAnIncident(t *testing.T) {
	const lasts = 9 * minutesPerHour
	start, end := grewAt-2*minutesPerHour, grewAt+12*minutesPerHour
	whole := &shop{until: grewAt + lasts}
	whole.watch(t, start, end)
	if len(whole.incidents) != 1 || whole.incidents[0].Until > grewAt+lasts+1 || fmt.Sprint(whole.told) != "[began ended]" {
		t.Fatalf("without a restart: %+v, told %v", whole.incidents, whole.told)
	}
	if whole.renewed < lasts/minutesPerHour-1 {
		t.Errorf("in %d hours it was told %d times that it lasts: an alert that nobody renews is over", lasts/minutesPerHour, whole.renewed)
	}
	if whole.stalest >= renewEvery {
		t.Errorf("the figures of an incident that lasts were %d minutes behind, want less than %d", whole.stalest, renewEvery)
	}
	if whole.occasions() != "[opened ended]" {
		t.Fatalf("without a restart it is investigated when it %s, want opened and ended", whole.occasions())
	}
	for _, test := range []struct {
		name     string
		down, up model.Minute // in minutes after the beginning
	}{
		{"in its first minutes", 5, 7},
		{"in its next hour", 30, 35},
		{"hours into it", 200, 201},
		{"down for hours", 100, 400},
		{"down while it ends", lasts - 5, lasts + 3},
		{"down until long after its end", 60, lasts + 90},
		{"after its end", lasts + 60, lasts + 61},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &shop{until: whole.until}
			s.watch(t, start, grewAt+test.down)
			s.watch(t, grewAt+test.up, end)
			if len(s.incidents) != 1 {
				t.Fatalf("%d incidents: %+v", len(s.incidents), s.incidents)
			}
			got, want := &s.incidents[0], &whole.incidents[0]
			if got.ID != want.ID || got.Since != want.Since || got.Until != want.Until || fmt.Sprint(s.told) != "[began ended]" {
				t.Errorf("%s from %s until %s, told %v; want %s from %s until %s, once", got.ID, got.Since, got.Until, s.told, want.ID, want.Since, want.Until)
			}
			if s.occasions() != whole.occasions() {
				t.Errorf("it is investigated when it %s, without a restart %s", s.occasions(), whole.occasions())
			}
			impact, ok := got.Impact.Nano()
			wanted, okToo := want.Impact.Nano()
			if off := float64(impact)/float64(wanted) - 1; !ok || !okToo || math.Abs(off) > 0.01 {
				t.Errorf("impact %s, without a restart %s", got.Impact, want.Impact)
			}
		})
	}
}

// TestWhatIsNotFoundAgainEnds: an incident that lasted before a start and that the
// minutes no longer show is ended, and that is told.
func TestWhatIsNotFoundAgainEnds(t *testing.T) {
	dear := money.FromNano(1_000_000_000)
	s := &shop{incidents: []model.Incident{{ID: "old", Since: grewAt - 20*dayMinutes, ImpactPerDay: dear}, {ID: "lost", Since: grewAt - 100, ImpactPerDay: dear}, {ID: "cheap", Since: grewAt - 90}}}
	s.watch(t, grewAt-60, grewAt-50)
	for i := range s.incidents {
		if s.incidents[i].Until == 0 {
			t.Errorf("%s lasts for ever", s.incidents[i].ID)
		}
	}
	if fmt.Sprint(s.told) != "[ended ended]" {
		t.Errorf("told %v, want the ends of the two that somebody was told of", s.told)
	}
}
