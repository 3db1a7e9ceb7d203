package lifetimes_test

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/kube/lifetimes"
	"github.com/egressor/egressor/internal/model"
)

// tenancy is what really happened: a pod had an address, and moved bytes from
// its first container's start to its last container's end.
type tenancy struct {
	key        string
	addr       netip.Addr
	start, end time.Time
}

// event is what the API says, when it says it.
type event struct {
	at    time.Time
	key   string
	sight lifetimes.Sighting // or gone
	gone  bool
}

const maxLag = 2 * time.Second

// drawHistory draws addresses that change hands, with gaps of nothing to some
// seconds, and what nodes tell of it, each with a lag of its own.
func drawHistory(t *rapid.T) (tenancies []tenancy, events []event) {
	millis := func(label string, most int) time.Duration {
		return time.Duration(rapid.IntRange(0, most).Draw(t, label)) * time.Millisecond
	}
	for a := range rapid.IntRange(1, 3).Draw(t, "addresses") {
		addr := netip.AddrFrom4([4]byte{10, 244, 1, byte(a)})
		free := epoch.Add(millis("free", 5000))
		for n := range rapid.IntRange(1, 6).Draw(t, "owners") {
			created := free.Add(-millis("wait", 3000))
			acquired := free.Add(millis("gap", 3000) * time.Duration(rapid.IntRange(0, 1).Draw(t, "at once")))
			start := acquired.Add(millis("pull", 2000))
			end := start.Add(1 + millis("run", 20_000))
			free = end.Add(millis("teardown", 1000))
			life := tenancy{fmt.Sprintf("pod-%d-%d", a, n), addr, start, end}
			tenancies = append(tenancies, life)
			times := lifetimes.Times{
				Created: cut(created), Accepted: cut(created), Network: cut(acquired.Add(millis("sync", 1000))), Started: cut(start),
			}
			say := func(at time.Time, gone bool) {
				s := lifetimes.Sighting{Fact: pod(life.key, addr.String()), Times: times}
				events = append(events, event{at, life.key, s, gone})
			}
			running := end.Sub(start) > maxLag || rapid.Bool().Draw(t, "seen running")
			if running {
				say(earlier(start.Add(millis("lag", int(maxLag.Milliseconds()))), end), false)
			}
			if running && rapid.Bool().Draw(t, "restarts") {
				times.Started = cut(start.Add(end.Sub(start) / 2))
				say(end, false)
			}
			// A kubelet tells how a pod ended before the API lets go of it.
			times.Over, times.Finished = true, cut(end)
			told := end.Add(millis("lag of the end", int(maxLag.Milliseconds())))
			say(told, false)
			if rapid.Bool().Draw(t, "deleted") {
				say(told.Add(millis("until gone", 5000)), true)
			}
		}
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.at.Compare(b.at) })
	return tenancies, events
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// comeback is how an outage ends.
type comeback string

const (
	relists  comeback = "the watch is gone, a list follows"
	restarts comeback = "the process is gone, another begins with a list"
	resumes  comeback = "the watch goes on where it was"
)

// observed feeds the events to trackers. What happens in an outage is missed, or
// told at once when the watch goes on.
func observed(events []event, outages []model.Period, back comeback) book {
	if back == resumes {
		return resumed(events, outages)
	}
	rules := lifetimes.DefaultRules()
	tracker, stated, sure := lifetimes.New(rules), book{}, epoch
	alive := map[string]event{}
	next := 0
	reconnect := func(until time.Time) {
		for next < len(outages) && !until.Before(outages[next].To) {
			at := outages[next].To
			if back == restarts {
				tracker = lifetimes.New(rules)
				tracker.Restore(stated.since(at.Add(-rules.Memory)), at)
			}
			stated.put(relist(tracker, alive, sure, at))
			sure = at
			next++
		}
	}
	for _, e := range events {
		reconnect(e.at)
		if e.gone {
			delete(alive, e.key)
		} else {
			alive[e.key] = e
		}
		if next < len(outages) && outages[next].Contains(e.at) {
			continue
		}
		sure = e.at
		if e.gone {
			stated.put(tracker.Gone(e.key, e.at))
		} else {
			stated.put(tracker.See(e.sight, e.at))
		}
	}
	reconnect(epoch.Add(time.Hour))
	return stated
}

// resumed feeds all events to one tracker, those of an outage at its end.
func resumed(events []event, outages []model.Period) book {
	tracker, stated, sure := lifetimes.New(lifetimes.DefaultRules()), book{}, epoch
	next := 0
	for _, e := range events {
		for next < len(outages) && !e.at.Before(outages[next].From) {
			tracker.Resumed(earlier(sure, outages[next].From), outages[next].To)
			next++
		}
		at := e.at
		if next > 0 && at.Before(outages[next-1].To) {
			at = outages[next-1].To
		} else {
			sure = at
		}
		if e.gone {
			stated.put(tracker.Gone(e.key, at))
		} else {
			stated.put(tracker.See(e.sight, at))
		}
	}
	return stated
}

func relist(tracker *lifetimes.Tracker, alive map[string]event, sure, at time.Time) []model.Fact {
	present := map[string]bool{}
	var facts []model.Fact
	for key := range alive {
		present[key] = true
	}
	facts = append(facts, tracker.Relist(present, sure, at)...)
	listed := make([]event, 0, len(alive))
	for _, e := range alive {
		listed = append(listed, e)
	}
	slices.SortFunc(listed, func(a, b event) int { return cmp.Compare(a.key, b.key) })
	for _, e := range listed {
		facts = append(facts, tracker.See(e.sight, at)...)
	}
	return facts
}

// of is what the facts say of an address, for messages.
func (b book) of(addr netip.Addr) string {
	var lines []string
	for _, fact := range b {
		if slices.Contains(fact.Pod.Addrs, addr) {
			lines = append(lines, fmt.Sprintf("%s %s to %s", fact.Key, fact.Period.From, fact.Period.To))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// since are the facts that are open or ended after an instant.
func (b book) since(when time.Time) []model.Fact {
	var facts []model.Fact
	for _, fact := range b {
		if fact.Period.To.IsZero() || fact.Period.To.After(when) {
			facts = append(facts, fact)
		}
	}
	return facts
}

// TestNoAddressIsEverPinnedOnAnother: whatever is missed, delayed or restarted,
// where the facts name one owner for an instant at which bytes moved, it is the
// owner.
func TestNoAddressIsEverPinnedOnAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tenancies, events := drawHistory(t)
		var outages []model.Period
		from := epoch
		for range rapid.IntRange(0, 3).Draw(t, "outages") {
			from = from.Add(time.Duration(rapid.IntRange(0, 30_000).Draw(t, "watched")) * time.Millisecond)
			to := from.Add(time.Duration(rapid.IntRange(1, 60_000).Draw(t, "outage")) * time.Millisecond)
			outages = append(outages, model.Period{From: from, To: to})
			from = to
		}
		back := rapid.SampledFrom([]comeback{relists, restarts, resumes}).Draw(t, "comeback")
		stated := observed(events, outages, back)
		for _, life := range tenancies {
			for range 10 {
				when := life.start.Add(time.Duration(rapid.Int64Range(0, int64(life.end.Sub(life.start))-1).Draw(t, "when")))
				holders := stated.holders(life.addr, when)
				if len(holders) == 1 && !holders[life.key] {
					t.Fatalf("at %s %s was %s's, the facts say %v:\n%s", when, life.addr, life.key, holders, stated.of(life.addr))
				}
				if (len(outages) == 0 || back == resumes) && !holders[life.key] {
					t.Fatalf("at %s %s was %s's, who is not among %v although nothing was missed:\n%s", when, life.addr, life.key, holders, stated.of(life.addr))
				}
			}
		}
	})
}

// TestSightingsRepeatedSayNothingNew: a list that holds what is known already
// adds nothing.
func TestSightingsRepeatedSayNothingNew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, events := drawHistory(t)
		tracker := lifetimes.New(lifetimes.DefaultRules())
		alive := map[string]event{}
		for _, e := range events {
			if e.gone {
				delete(alive, e.key)
				tracker.Gone(e.key, e.at)
				continue
			}
			alive[e.key] = e
			tracker.See(e.sight, e.at)
			if again := tracker.See(e.sight, e.at.Add(time.Second)); len(again) > 0 {
				t.Fatalf("seen twice, %s is said to be %v", e.key, again)
			}
		}
		last := epoch.Add(3 * time.Minute)
		if news := relist(tracker, alive, last, last); len(news) > 0 {
			t.Fatalf("a list of what is known says %v", news)
		}
	})
}
