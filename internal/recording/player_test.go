package recording_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/recording"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit/gen"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestShiftIsWholeMinutesAndLetsTheRecordingBeginNow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := gen.Time().Draw(t, "start")
		now := start.Add(time.Duration(rapid.Int64Range(-1e18, 1e18).Draw(t, "later")))
		shift := recording.ShiftFor(start, now)
		ago := now.Sub(start.Add(shift))
		if shift%time.Minute != 0 || ago < 0 || ago >= time.Minute {
			t.Fatalf("shift of %v: the recording began %v ago", shift, ago)
		}
	})
}

// leaping is a clock on which waiting takes no time: it leaps to the end.
type leaping struct {
	mu  sync.Mutex
	now time.Time
}

func (c *leaping) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *leaping) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	fired := make(chan time.Time, 1)
	fired <- c.now
	return fired
}

// arrival is a batch as the store got it.
type arrival struct {
	model.Batch
	at time.Time
}

// memory is an ingest's store in memory. Its first appends fail as often as
// asked.
type memory struct {
	mu       sync.Mutex
	failures int
	arrivals []arrival
	digests  map[model.BatchKey]string
}

func (m *memory) Append(_ context.Context, b model.Batch, digest string, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failures > 0 {
		m.failures--
		return errors.New("the disk is full")
	}
	m.arrivals = append(m.arrivals, arrival{b, at})
	m.digests[b.BatchKey] = digest
	return nil
}

func (m *memory) Lookup(_ context.Context, key model.BatchKey) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	digest, found := m.digests[key]
	return digest, found, nil
}

// theatre is a running ingest and what players need around it.
type theatre struct {
	clock  *leaping
	store  *memory
	server *ingest.Server
	config recording.Config
	facts  []model.Fact
}

func openTheatre(t *testing.T, now time.Time) *theatre {
	t.Helper()
	th := &theatre{clock: &leaping{now: now}, store: &memory{digests: map[model.BatchKey]string{}}}
	settings := ingest.DefaultConfiguration()
	settings.Listen = "127.0.0.1:0"
	var err error
	th.server, err = ingest.New(report.Discard(), settings, ingest.Dependencies{Store: th.store, Clock: th.clock})
	if err != nil {
		t.Fatal(err)
	}
	if err := th.server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := th.server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	dir := t.TempDir()
	th.config = recording.Config{Inventory: filepath.Join(dir, "inventory.yaml"), Endpoints: filepath.Join(dir, "endpoints.yaml")}
	return th
}

// play plays a recording to its end, or until it dies of an error.
func (th *theatre) play(t *testing.T, played *recording.Recording) (*recording.Player, error) {
	t.Helper()
	ended := make(chan struct{})
	player := recording.NewPlayer(played, th.config, recording.Dependencies{
		Server: th.server.Address, Clock: th.clock,
		OnFacts: func(facts []model.Fact) { th.facts = append(th.facts, facts...) },
		OnEnd:   func() { close(ended) },
	})
	if err := player.Cue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := player.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	var died error
	select {
	case <-ended:
	case died = <-player.Dead():
	case <-time.After(time.Minute):
		t.Error("the replay does not end")
	}
	if err := player.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	return player, died
}

func shop(t *testing.T) *recording.Recording {
	t.Helper()
	played, err := recording.Shop()
	if err != nil {
		t.Fatal(err)
	}
	return played
}

// TestReplayIsTheRecordingAtAnotherTime: every row arrives, with the same
// bytes, in a window moved by whole minutes, as long after the start as it did.
func TestReplayIsTheRecordingAtAnotherTime(t *testing.T) {
	played := shop(t)
	now := time.Date(2027, 3, 4, 5, 6, 17, 123456789, time.UTC)
	th := openTheatre(t, now)
	player, err := th.play(t, played)
	if err != nil {
		t.Fatal(err)
	}
	shift := player.Shift()
	var recorded []recording.Entry
	for _, entry := range played.Entries {
		if entry.Batch != nil {
			recorded = append(recorded, entry)
		}
	}
	if len(th.store.arrivals) != len(recorded) {
		t.Fatalf("%d batches arrived, %d were recorded", len(th.store.arrivals), len(recorded))
	}
	for i, got := range th.store.arrivals {
		want := *recorded[i].Batch
		if got.Boot == want.Boot || !strings.HasPrefix(got.Boot, "replay-") {
			t.Fatalf("batch %d has boot %s, it was recorded with %s", i, got.Boot, want.Boot)
		}
		due := played.Start.Add(shift + recorded[i].Offset)
		if due.Before(now) {
			due = now
		}
		if !got.at.Equal(due) {
			t.Fatalf("batch %d arrived at %v, want %v", i, got.at, due)
		}
		if diff := cmp.Diff(unmoved(want, 0), unmoved(got.Batch, shift), byValue); diff != "" {
			t.Fatalf("batch %d differs from the recorded one (-recorded +played):\n%s", i, diff)
		}
		for _, flow := range got.Flows {
			if flow.WindowStart.Add(flow.WindowLength).After(flow.Minute().End()) {
				t.Fatalf("batch %d: the window of %v from %v crosses a minute", i, flow.WindowLength, flow.WindowStart)
			}
		}
	}
}

// unmoved is what a replay does not change, with the times moved back.
func unmoved(b model.Batch, by time.Duration) model.Batch {
	b.Boot, b.Facts = "", nil
	b.CoveredFrom, b.CoveredThrough = b.CoveredFrom.Add(-by), b.CoveredThrough.Add(-by)
	b.Flows = append([]model.FlowRow(nil), b.Flows...)
	for i := range b.Flows {
		b.Flows[i].WindowStart = b.Flows[i].WindowStart.Add(-by)
	}
	b.Losses = append([]model.Loss(nil), b.Losses...)
	for i := range b.Losses {
		b.Losses[i].From, b.Losses[i].To = b.Losses[i].From.Add(-by), b.Losses[i].To.Add(-by)
	}
	return b
}

// TestFactsAreStatedInTheirTimes: the files say what the lab said last, with
// the rollout in this replay's time.
func TestFactsAreStatedInTheirTimes(t *testing.T) {
	played := shop(t)
	now := time.Date(2027, 3, 4, 5, 6, 17, 0, time.UTC)
	th := openTheatre(t, now)
	player, err := th.play(t, played)
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, entry := range played.Entries {
		said += len(entry.Facts)
	}
	if said != len(th.facts) {
		t.Errorf("%d facts were told, %d were recorded", len(th.facts), said)
	}
	written, err := inventory.Load(th.config.Inventory)
	if err != nil {
		t.Fatal(err)
	}
	outside, err := inventory.Load(th.config.Endpoints)
	if err != nil {
		t.Fatal(err)
	}
	rolledOut, closed := time.Time{}, 0
	for _, fact := range written {
		if fact.Revision != nil && fact.Revision.Number == 2 {
			rolledOut = fact.Revision.RolledOut
		}
		if fact.Pod != nil && !fact.Period.To.IsZero() {
			closed++
		}
	}
	if early, late := rolledOut.Sub(now), 2*time.Minute+10*time.Second; early < time.Minute || early > late {
		t.Errorf("revision 2 rolled out %v after now, want 1m to %v", early, late)
	}
	if closed != 2 {
		t.Errorf("%d pods have ended, want the 2 of catalog's first revision", closed)
	}
	if len(outside) == 0 || !outside[0].Period.From.IsZero() {
		t.Errorf("what is outside does not hold since ever: %v", outside)
	}
	if player.Shift() <= 0 {
		t.Errorf("shift of %v", player.Shift())
	}
}

// TestEveryReplayIsNew: the ingest must not take the second for a repetition.
func TestEveryReplayIsNew(t *testing.T) {
	played := shop(t)
	th := openTheatre(t, time.Date(2027, 3, 4, 5, 6, 7, 0, time.UTC))
	for range 2 {
		if _, err := th.play(t, played); err != nil {
			t.Fatal(err)
		}
	}
	first := len(th.store.arrivals) / 2
	if a, b := th.store.arrivals[0].Boot, th.store.arrivals[first].Boot; first == 0 || a == b {
		t.Fatalf("both replays have boot %s", a)
	}
}

func TestBatchesAreSentAgainUntilStored(t *testing.T) {
	played, err := recording.Read(strings.NewReader(string(sample(t))))
	if err != nil {
		t.Fatal(err)
	}
	th := openTheatre(t, gen.Epoch.Add(time.Hour))
	th.store.failures = 3
	if _, err := th.play(t, played); err != nil {
		t.Fatal(err)
	}
	if len(th.store.arrivals) != 1 || th.store.failures != 0 {
		t.Fatalf("%d batches stored, %d failures left", len(th.store.arrivals), th.store.failures)
	}
}

func TestRefusedBatchEndsTheReplay(t *testing.T) {
	played, err := recording.Read(strings.NewReader(string(sample(t))))
	if err != nil {
		t.Fatal(err)
	}
	played.Entries[1].Batch.Flows[0].WindowLength = 2 * time.Minute
	th := openTheatre(t, gen.Epoch.Add(time.Hour))
	_, err = th.play(t, played)
	if err == nil || !strings.Contains(err.Error(), "refused batch lab/node-a/1") || !strings.Contains(err.Error(), "window of 2m0s") {
		t.Fatalf("got %v", err)
	}
}
