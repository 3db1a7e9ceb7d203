package recording_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/recording"
	"github.com/egressor/egressor/internal/testkit"
)

// TestShopHoldsTheStory keeps what the recording within the binary holds, as
// people read it.
func TestShopHoldsTheStory(t *testing.T) {
	testkit.Golden(t, "testdata/shop.golden", []byte(listing(shop(t))))
}

// minuteSum is what the agents reported of one minute.
type minuteSum struct {
	rows           int
	sent, received uint64
}

func listing(r *recording.Recording) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s, recorded %s on %s\n", r.What, r.Start.Format(time.RFC3339), r.Machine)
	fmt.Fprintf(&text, "%d entries in %s\n\n", len(r.Entries), r.Length.Round(time.Second))
	minutes, batches := map[model.Minute]minuteSum{}, map[string]int{}
	var facts []string
	for _, entry := range r.Entries {
		if entry.Batch != nil {
			batches[entry.Batch.Agent.String()]++
			for _, flow := range entry.Batch.Flows {
				sum := minutes[flow.Minute()]
				sum.rows++
				sum.sent += flow.Sent.WireBytes
				sum.received += flow.Received.WireBytes
				minutes[flow.Minute()] = sum
			}
		}
		for _, fact := range entry.Facts {
			if told := tell(r, fact); told != "" && !slices.Contains(facts, told) {
				facts = append(facts, told)
			}
		}
	}
	for _, agent := range slices.Sorted(maps.Keys(batches)) {
		fmt.Fprintf(&text, "agent %s: %d batches\n", agent, batches[agent])
	}
	for _, m := range slices.SortedFunc(maps.Keys(minutes), cmp.Compare) {
		fmt.Fprintf(&text, "minute %s: %d rows, %d bytes sent, %d received\n", m, minutes[m].rows, minutes[m].sent, minutes[m].received)
	}
	slices.Sort(facts)
	return text.String() + "\n" + strings.Join(facts, "\n") + "\n"
}

// tell is a fact without what is drawn at random.
func tell(r *recording.Recording, fact model.Fact) string {
	switch {
	case fact.Node != nil:
		return fmt.Sprintf("node %s in %s", fact.Node.Name, fact.Node.Place.Zone)
	case fact.Revision != nil:
		revision := fact.Revision
		return fmt.Sprintf("workload %s/%s/%s revision %d after %s: %s", revision.Workload.Namespace, revision.Workload.Kind,
			revision.Workload.Name, revision.Number, fact.Period.From.Sub(r.Start).Truncate(time.Second), revision.Cause)
	case fact.Endpoint != nil:
		return fmt.Sprintf("outside %s %s", fact.Endpoint.Class, fact.Endpoint.Name)
	case fact.Route != nil:
		return fmt.Sprintf("route %s to %s by %s", cmp.Or(fact.Route.Subnet, "everywhere"), cmp.Or(fact.Route.EndpointClass, fact.Route.Destination.String()), fact.Route.Path)
	default:
		return ""
	}
}
