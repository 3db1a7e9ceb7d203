package flowstore_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
)

// lives tells a random history of pods: born, told again, moved, ended late or
// never, told anew after the end.
type lives struct {
	random *rand.Rand
	now    time.Time
	pods   []model.Fact
}

func (l *lives) chance(percent int) bool { return l.random.IntN(100) < percent }

// next is what is told at the next moment, minutes to hours later.
func (l *lives) next() []model.Fact {
	l.now = l.now.Add(time.Duration(1+l.random.IntN(300)) * time.Minute)
	if len(l.pods) == 0 || l.chance(40) {
		number := len(l.pods)
		born := l.now.Add(-time.Duration(l.random.IntN(3000)) * time.Minute)
		fact := model.Fact{Kind: model.FactPod, Key: fmt.Sprint("pod-", number), Source: "kubernetes/lab", Period: model.Period{From: born},
			Pod: &model.PodFact{Cluster: "lab", Namespace: "shop", Name: fmt.Sprint("p", number), Node: "a",
				Addrs: []netip.Addr{netip.AddrFrom4([4]byte{10, 244, 0, byte(number)})}}}
		if l.chance(20) {
			fact.Period.To = born.Add(time.Duration(1+l.random.IntN(2000)) * time.Minute)
		}
		l.pods = append(l.pods, fact)
		return []model.Fact{fact}
	}
	at := l.random.IntN(len(l.pods))
	fact := &l.pods[at]
	body := *fact.Pod
	fact.Pod = &body
	switch {
	case l.chance(50): // it ended some time ago, or was said to end at another time
		ended := l.now.Add(-time.Duration(l.random.IntN(2000)) * time.Minute)
		if ended.After(fact.Period.From) {
			fact.Period.To = ended
		}
	case l.chance(30): // it goes on after all
		fact.Period.To = time.Time{}
	default:
		body.Node = fmt.Sprint("node-", l.random.IntN(9))
	}
	return []model.Fact{*fact}
}

// TestFactsByDayAreThoseOfAllHistory: for any minute, read at any moment from the
// minute on and with any knowledge from then on, the day's table gives what all of
// history gives. The recording process restarts now and then.
func TestFactsByDayAreThoseOfAllHistory(t *testing.T) {
	random := testkit.Rand(t)
	db := clickhousetest.Migrated(t)
	story := &lives{random: random, now: start.Add(-3 * 24 * time.Hour)}
	type cut struct{ at, recorded time.Time }
	var cuts []cut
	store := flowstore.New(db)
	for range 24 {
		if story.chance(20) {
			store = flowstore.New(db)
		}
		if err := store.RecordFacts(t.Context(), story.next(), story.now); err != nil {
			t.Fatal(err)
		}
		_, recorded, err := store.Facts(t.Context(), story.now.Add(-time.Minute), story.now, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		cuts = append(cuts, cut{story.now, recorded})
	}
	if days := store.FirstDay(); days == 0 {
		t.Fatal("no day has facts: the test compares history with itself")
	}
	compared := 0
	for _, c := range cuts {
		for range 2 {
			from := c.at.Add(-time.Duration(story.random.IntN(5000)) * time.Minute).Truncate(time.Minute)
			since := from.Add(-10 * time.Minute)
			got, _, err := store.Facts(t.Context(), since, from.Add(time.Minute), c.recorded)
			if err != nil {
				t.Fatal(err)
			}
			want, err := store.FactsOfAllHistory(t.Context(), since, from.Add(time.Minute), c.recorded)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateComparable(netip.Addr{})); diff != "" {
				t.Fatalf("facts of %s as known at %s (-history +day):\n%s", from, c.recorded, diff)
			}
			compared += len(want)
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

// TestADayBeginsAlthoughItHasRows: what is recorded in a day's last hour is written
// into the next one, too. A process that starts in between must not take that for a
// day that has begun.
func TestADayBeginsAlthoughItHasRows(t *testing.T) {
	store := openStore(t)
	midnight := start.Truncate(24 * time.Hour)
	for i, at := range []time.Time{midnight.Add(-2 * time.Hour), midnight.Add(-30 * time.Minute)} {
		key := fmt.Sprint("pod-", i)
		fact := model.Fact{Kind: model.FactPod, Key: key, Source: "kubernetes/lab", Period: model.Period{From: at}, Pod: &model.PodFact{Cluster: "lab", Name: key}}
		if err := store.RecordFacts(t.Context(), []model.Fact{fact}, at); err != nil {
			t.Fatal(err)
		}
	}
	again := store.Again()
	facts, _, err := again.Facts(t.Context(), midnight.Add(6*time.Hour), midnight.Add(6*time.Hour+time.Minute), time.Time{})
	if err != nil || len(facts) != 2 {
		t.Fatalf("%d facts in the morning (%v), want both of the evening: %+v", len(facts), err, facts)
	}
}

// TestAFactToldByTwoIsTwoFacts: an agent's sight that begins at the instant of
// Kubernetes' word does not replace it.
func TestAFactToldByTwoIsTwoFacts(t *testing.T) {
	store := openStore(t)
	named := model.Fact{Kind: model.FactPod, Key: "uid", Source: "kubernetes/lab", Period: model.Period{From: start}, Pod: &model.PodFact{Cluster: "lab", Name: "web"}}
	seen := model.Fact{Kind: model.FactPod, Key: "uid", Source: "agent/a", Period: model.Period{From: start}, Pod: &model.PodFact{Cluster: "lab", Node: "a"}}
	for i, fact := range []model.Fact{named, seen, named} {
		if err := store.RecordFacts(t.Context(), []model.Fact{fact}, start.Add(time.Duration(i)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	facts, _, err := store.Facts(t.Context(), start, start.Add(time.Minute), time.Time{})
	if err != nil || len(facts) != 2 {
		t.Fatalf("%d facts (%v), want both: %+v", len(facts), err, facts)
	}
}

// TestFactsSinceTellWhatTheyReplaced also after the process was started again.
func TestFactsSinceTellWhatTheyReplaced(t *testing.T) {
	store := openStore(t)
	open := model.Fact{Kind: model.FactPod, Key: "uid", Source: "kubernetes/lab", Period: model.Period{From: start}, Pod: &model.PodFact{Cluster: "lab", Name: "web"}}
	ended := open
	ended.Period.To = start.Add(30 * time.Second)
	for i, fact := range []model.Fact{open, ended} {
		if err := store.RecordFacts(t.Context(), []model.Fact{fact}, start.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	changes, err := store.FactsSince(t.Context(), start)
	if err != nil || len(changes) != 1 {
		t.Fatalf("%d changes (%v), want 1: %+v", len(changes), err, changes)
	}
	if c := changes[0]; c.Before == nil || !c.Before.Period.To.IsZero() || !c.After.Period.To.Equal(ended.Period.To) || !c.After.Recorded.Equal(start.Add(time.Minute)) {
		t.Errorf("change %+v", c)
	}
	if changes, err := store.FactsSince(t.Context(), start.Add(time.Minute)); err != nil || len(changes) != 0 {
		t.Errorf("since the newest there are %d changes (%v)", len(changes), err)
	}
}

func TestMinutesWithRowsOfAnAddress(t *testing.T) {
	store := openStore(t)
	if err := store.Append(t.Context(), batchOf(nodeA, 1, 3), "d", start.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		addr, pod string
		from      model.Minute
		want      int
	}{
		"local":          {"10.244.1.10", "", minute, 1},
		"remote":         {"2001:db8::1", "", minute, 1},
		"pod":            {"192.0.2.1", "pod-2", minute, 1},
		"nobody":         {"192.0.2.1", "pod-9", minute, 0},
		"another minute": {"10.244.1.10", "pod-2", minute + 1, 0},
	} {
		found, err := store.MinutesWith(t.Context(), test.from, minute+5, []netip.Addr{netip.MustParseAddr(test.addr)}, []string{test.pod})
		if err != nil || len(found) != test.want {
			t.Errorf("%s: minutes %v (%v), want %d", name, found, err, test.want)
		}
	}
}

// TestASightEndsWithThePod: an agent that is gone, or has not noticed yet, does
// not hold an address for a pod that Kubernetes says is over.
func TestASightEndsWithThePod(t *testing.T) {
	store := openStore(t)
	pod := func(source string, from, to time.Time) model.Fact {
		return model.Fact{Kind: model.FactPod, Key: "uid", Source: source, Period: model.Period{From: from, To: to}, Pod: &model.PodFact{Cluster: "lab", Node: "a"}}
	}
	ended := start.Add(30 * time.Second)
	sightEnds := func() (to time.Time) {
		facts, _, err := store.Facts(t.Context(), start, start.Add(time.Minute), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for _, fact := range facts {
			if fact.Source == "agent/a" {
				to = fact.Period.To
			}
		}
		return to
	}
	for i, step := range []struct {
		name string
		told model.Fact
		want time.Time
	}{
		{"born", pod("kubernetes/lab", start.Add(-time.Minute), time.Time{}), time.Time{}},
		{"seen", pod("agent/a", start, time.Time{}), time.Time{}},
		{"over", pod("kubernetes/lab", start.Add(-time.Minute), ended), ended},
		{"told again by the agent", pod("agent/a", start, time.Time{}), ended},
		{"the agent saw it until later", pod("agent/a", start, ended.Add(time.Second)), ended.Add(time.Second)},
	} {
		if i == 3 {
			store = store.Again()
		}
		if err := store.RecordFacts(t.Context(), []model.Fact{step.told}, start.Add(time.Duration(i)*time.Second)); err != nil {
			t.Fatal(err)
		}
		if got := sightEnds(); !got.Equal(step.want) {
			t.Errorf("%s: the sight ends at %s, want %s", step.name, got, step.want)
		}
	}
}
