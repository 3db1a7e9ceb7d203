package attribution_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// TestTwoThousandLivesOnFortyAddresses: forty addresses with fifty owners each,
// one after another with no pause, ends learnt as later facts or, for every third
// owner, never. Asked in every life, each byte is on the owner of that time.
func TestTwoThousandLivesOnFortyAddresses(t *testing.T) {
	const addresses, owners, life = 40, 50, 30 * time.Second
	var facts []model.Fact
	var rows []attribution.ReportedRow
	want := map[string]uint64{}
	facts = append(facts, nodeFact("a", "use1-az1", "10.0.0.10"), nodeFact("b", "use1-az2", "10.0.0.11"), podFact("web", "a", model.Period{}, "10.244.1.5"))
	for a := range addresses {
		addr := fmt.Sprintf("10.244.9.%d", a+1)
		for o := range owners {
			uid, from := fmt.Sprintf("pod-%d-%d", a, o), start.Add(time.Duration(o)*life)
			pod := podFact(uid, "b", model.Period{From: from}, addr)
			pod.Recorded = from
			facts = append(facts, pod)
			if o%3 != 0 {
				pod.Period.To, pod.Recorded = from.Add(life), from.Add(life)
				facts = append(facts, pod)
			}
			for _, window := range []time.Duration{0, life - 10*time.Second} { // the first and the last of its life
				r := row("a", model.LocalEnd{Kind: model.LocalPod, ID: "web"}, "10.244.1.5", addr)
				r.Row.WindowStart, r.Row.Received = from.Add(window), model.Counts{}
				r.Row.Sent.WireBytes = uint64(1000*a + o + 1)
				rows = append(rows, r)
				want["w/lab/shop/Deployment/of-"+uid] += r.Row.Sent.WireBytes
			}
		}
	}
	flows, _ := attribute(t, facts, []string{"a", "b"}, rows...)
	wrong := 0
	for _, f := range flows {
		want[f.Key.Destination.ID()] -= f.Sent.WireBytes
	}
	for name, left := range want {
		if left != 0 {
			wrong++
			t.Errorf("%s: %d bytes missing or too many", name, int64(left))
		}
		if wrong > 5 {
			t.Fatal("and more")
		}
	}
}

// TestOneNameTwoClusters: nodes and pods of two clusters may share names and
// addresses; each agent's rows are answered from its own cluster first.
func TestOneNameTwoClusters(t *testing.T) {
	facts := cluster()
	for _, fact := range []model.Fact{nodeFact("a", "euw1-az1", "10.0.0.10"), podFact("web-eu", "a", model.Period{}, "10.244.1.5"), podFact("far", "a", model.Period{}, "10.250.0.1")} {
		if fact.Node != nil {
			fact.Node.Cluster = "eu"
		} else {
			fact.Pod.Cluster = "eu"
		}
		facts = append(facts, fact)
	}
	own := row("b", pod("api"), "10.244.2.5", "10.244.1.5")
	across := row("b", pod("api"), "10.244.2.5", "10.250.0.1")
	for _, test := range []struct {
		row  attribution.ReportedRow
		want string
		zone string
		path string
	}{
		{own, "w/lab/shop/Deployment/of-web", "use1-az1", "vpc"},
		{across, "w/eu/shop/Deployment/of-far", "euw1-az1", "vpc?"},
	} {
		test.row.Row.Received = model.Counts{}
		flows, _ := attribute(t, facts, nil, test.row)
		key := flows[0].Key
		if key.Destination.ID() != test.want || key.DestinationPlace.Zone != test.zone || key.Path.String() != test.path {
			t.Errorf("got %s in %q by %s, want %s in %q by %s", key.Destination.ID(), key.DestinationPlace.Zone, key.Path, test.want, test.zone, test.path)
		}
	}
}
