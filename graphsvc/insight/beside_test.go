package insight_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/insight"
	"github.com/egressor/egressor/internal/model"
)

// stores hold minutes of one edge. Made, which a search for savings begins with, waits
// until it is let go; each minute that detection looked at is announced.
type stores struct {
	mu       sync.Mutex
	versions []model.GraphVersion
	queue    chan model.GraphVersion
	looked   chan model.Minute
	asked    chan struct{} // a search has come to Made
	release  chan struct{}
	saved    chan int
}

func newStores() *stores {
	const room = 100
	return &stores{
		queue: make(chan model.GraphVersion, room), looked: make(chan model.Minute, room), asked: make(chan struct{}, room),
		release: make(chan struct{}, room), saved: make(chan int, room),
	}
}

var key = &model.EdgeKey{
	Source:      model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "n", Type: "Deployment", Name: "a"},
	Destination: model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "n", Type: "Deployment", Name: "b"},
	ServerPort:  80, Protocol: model.TCP, Initiator: model.InitiatorSource, Path: model.Path{Kind: model.PathVPC},
}

func (s *stores) fold(minute model.Minute) {
	v := model.GraphVersion{Number: uint64(minute), From: minute, To: minute + 1, CommittedAt: (minute + 1).Start(), Currency: "USD"}
	s.mu.Lock()
	s.versions = append(s.versions, v)
	s.mu.Unlock()
	s.queue <- v
}

func (s *stores) Subscribe(ctx context.Context) <-chan model.GraphVersion {
	context.AfterFunc(ctx, func() { close(s.queue) })
	return s.queue
}

func (s *stores) Versions(_ context.Context, from, to model.Minute, _ uint64) (found []model.GraphVersion, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.versions {
		if v.From >= from && v.From < to {
			found = append(found, v)
		}
	}
	return found, nil
}

func (*stores) Sums(context.Context, flowstore.Window) ([]flowstore.EdgeSum, error) {
	return []flowstore.EdgeSum{{ID: key.ID(), Sent: model.Counts{WireBytes: 1 << 20}}}, nil
}

func (*stores) Keys(context.Context, []model.EdgeID) (map[model.EdgeID]*model.EdgeKey, error) {
	return map[model.EdgeID]*model.EdgeKey{key.ID(): key}, nil
}

func (s *stores) ChargeSums(_ context.Context, v model.GraphVersion) ([]flowstore.ChargeSum, error) {
	s.looked <- v.From
	return nil, nil
}

func (*stores) Hours(context.Context, flowstore.Window, int, func(flowstore.FlowHour) error) error {
	return nil
}

func (*stores) Facts(context.Context, time.Time, time.Time, time.Time) ([]model.Fact, time.Time, error) {
	return nil, time.Time{}, nil
}

func (*stores) Head(context.Context) (model.GraphVersion, bool, error) {
	return model.GraphVersion{}, false, nil
}

func (*stores) Incidents(context.Context, model.IncidentPlace, int) ([]model.Incident, error) {
	return nil, nil
}

func (*stores) SaveIncident(context.Context, model.Incident) error { return nil }

func (s *stores) Made(ctx context.Context, _ model.Minute) ([]model.Recommendation, error) {
	s.asked <- struct{}{}
	select {
	case <-s.release:
		return nil, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (*stores) SaveVerdicts(context.Context, []model.Verdict) error { return nil }

func (s *stores) SaveRecommendations(_ context.Context, r []model.Recommendation) error {
	s.saved <- len(r)
	return nil
}

type frozen struct{}

func (frozen) Now() time.Time                       { return model.Minute(30_000_000).Start() }
func (frozen) After(time.Duration) <-chan time.Time { return nil }

func follow(t *testing.T, s *stores) *insight.Watcher {
	t.Helper()
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		t.Fatal(err)
	}
	w, err := insight.New(insight.Dependencies{
		Flows: s, Graph: s, Versions: s, Book: func(model.Minute) *pricing.Book { return book }, Clock: frozen{}, Log: slog.New(slog.DiscardHandler),
	}, insight.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

const first = model.Minute(29_730_240)

// foldUntil folds minutes and waits until detection has looked at each.
func (s *stores) foldUntil(from, to model.Minute) {
	for minute := from; minute < to; minute++ {
		s.fold(minute)
		for looked := first - 1; looked != minute; {
			looked = <-s.looked
		}
	}
}

// TestDetectionGoesOnBesideASearch: while a search for savings takes its time every
// minute is looked at, no second search begins, and when it is done the next can.
func TestDetectionGoesOnBesideASearch(t *testing.T) {
	s := newStores()
	w := follow(t, s)
	const minutes = 20
	s.fold(first)
	<-s.asked
	s.foldUntil(first+1, first+minutes)
	if len(s.asked) != 0 || len(s.saved) != 0 {
		t.Fatalf("%d further searches and %d results beside one that is not done", len(s.asked), len(s.saved))
	}
	s.release <- struct{}{}
	<-s.saved
	for minute := first + minutes; len(s.asked) == 0; minute++ { // the search is overdue: it begins with one of the next minutes
		s.foldUntil(minute, minute+1)
	}
	s.release <- struct{}{}
	<-s.saved
	if err := w.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestStopCancelsASearch: a watcher that is stopped does not wait for a search to end
// by itself, and what was found by half is not stored.
func TestStopCancelsASearch(t *testing.T) {
	s := newStores()
	w := follow(t, s)
	s.fold(first)
	<-s.asked
	if err := w.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(s.saved) != 0 {
		t.Errorf("a cancelled search stored a result")
	}
}
