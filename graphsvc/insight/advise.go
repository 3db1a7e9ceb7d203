package insight

import (
	"cmp"
	"context"
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/whatif"
	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const minutesPerDay = 24 * 60

// leastMonthly is the least saving a month that is worth a recommendation: a
// tenth of a currency unit, below which nobody would read on.
var leastMonthly = money.FromNano(100_000_000)

// adviser searches for savings. It shares nothing with detection that either
// changes, so that both can run at a time.
type adviser struct {
	d        Dependencies
	settings Settings
	metrics  metrics
}

// search is what one search for savings looks at.
type search struct {
	version model.GraphVersion
	newest  model.Minute // that detection has seen
	// open are the incidents that last when it begins.
	open []baseline.Incident
}

// advise searches the last days for savings and stores what it finds, and what
// became of what it found before and was followed since. What was followed is not
// recommended again: its verdict says what is left. Nothing is stored before all is
// known; one that is cancelled stores nothing.
func (a *adviser) advise(ctx context.Context, s search) error {
	from := s.version.To - model.Minute(a.settings.LookBack)*minutesPerDay
	topology, facts, err := a.topology(ctx, window{from, s.version.To}, s.version.Number)
	if err != nil || len(topology.Days) == 0 {
		return err
	}
	verdicts, applied, err := a.judge(ctx, s.version, facts)
	if err != nil {
		return err
	}
	proposals := slices.DeleteFunc(whatif.Propose(&topology), func(p whatif.Proposal) bool { return applied[p.ID()] })
	chosen, _, err := whatif.Plan(topology, proposals, leastMonthly, ctx.Err)
	if err != nil {
		return err
	}
	records := make([]model.Recommendation, len(chosen))
	for i := range chosen {
		if records[i], err = adviceOf(&chosen[i], s.version.Currency); err != nil {
			return err
		}
		records[i].Warnings = append(records[i].Warnings, unsettled(&records[i], s.open)...)
	}
	if err := a.d.Graph.SaveVerdicts(ctx, verdicts); err != nil {
		return err
	}
	if err := a.d.Graph.SaveRecommendations(ctx, records); err != nil {
		return err
	}
	a.metrics.recommendations.Set(float64(len(records)))
	return nil
}

// window is a time in whole minutes, half open.
type window struct{ from, to model.Minute }

// topology reads what moved in a window and what stood around it in its last
// minute, and the facts of that minute.
func (a *adviser) topology(ctx context.Context, over window, through uint64) (whatif.Topology, []model.Fact, error) {
	t := whatif.Topology{
		Book: a.d.Book(over.to - 1), KubernetesMinor: a.settings.KubernetesMinor, Pods: map[model.Identity][]whatif.Placement{},
	}
	for from := over.from; from < over.to; {
		to := min(from-from%minutesPerDay+minutesPerDay, over.to)
		day, err := a.day(ctx, from, to, through)
		if err != nil {
			return t, nil, err
		}
		if day.Minutes > 0 {
			t.Days = append(t.Days, day)
		}
		from = to
	}
	last := over.to - 1
	facts, _, err := a.d.Flows.Facts(ctx, last.Start(), over.to.Start(), a.d.Clock.Now())
	if err != nil {
		return t, nil, err
	}
	place(&t, facts, last)
	return t, facts, nil
}

func (a *adviser) day(ctx context.Context, from, to model.Minute, through uint64) (whatif.Day, error) {
	day := whatif.Day{From: from, To: to}
	versions, err := a.d.Flows.Versions(ctx, from, to, through)
	if err != nil {
		return day, err
	}
	if day.Minutes = uint64(len(newestOf(versions))); day.Minutes == 0 {
		return day, nil
	}
	sums, keys, err := sumsOf(ctx, a.d.Flows, flowstore.Window{From: from, To: to, Version: through})
	for i := range sums {
		day.Edges = append(day.Edges, model.EdgeMinute{
			Minute: from, Key: withoutRevisions(*keys[sums[i].ID]), Sent: sums[i].Sent, Connections: sums[i].Connections,
		})
	}
	day.Edges = merged(day.Edges)
	return day, err
}

// withoutRevisions takes the rollouts off a key: savings do not depend on them.
func withoutRevisions(key model.EdgeKey) model.EdgeKey {
	key.SourceRevision, key.DestinationRevision = "", ""
	return key
}

func merged(edges []model.EdgeMinute) []model.EdgeMinute {
	at := make(map[model.EdgeKey]int, len(edges))
	var result []model.EdgeMinute
	for i := range edges {
		n, known := at[edges[i].Key]
		if !known {
			at[edges[i].Key] = len(result)
			result = append(result, edges[i])
			continue
		}
		result[n].Sent = result[n].Sent.Add(edges[i].Sent)
		result[n].Connections += edges[i].Connections
	}
	return result
}

// place tells a topology where pods run, what Services are called and which NAT
// gateways the routes name.
func place(t *whatif.Topology, facts []model.Fact, at model.Minute) {
	t.Services = whatif.ServicesIn(facts)
	zones, gateways := map[string]model.Place{}, map[string]bool{}
	for i := range facts {
		if node := facts[i].Node; node != nil {
			zones[node.Cluster+"/"+node.Name] = node.Place
		}
	}
	for i := range facts {
		fact := &facts[i]
		switch {
		case fact.Pod != nil && fact.Period.Contains(at.Start()):
			pod := fact.Pod
			id := pod.Workload.In(pod.Cluster)
			t.Pods[id] = addPod(t.Pods[id], zones[pod.Cluster+"/"+pod.Node].Zone)
		case fact.Route != nil && fact.Route.Path.Kind == model.PathNAT && fact.Route.Path.Via != "" && !gateways[fact.Route.Path.Via]:
			gateways[fact.Route.Path.Via] = true
			t.Gateways = append(t.Gateways, pricing.Gateway{Name: fact.Route.Path.Via, Kind: pricing.ZonalNAT, Region: regionOf(zones)})
		}
	}
}

// regionOf is the one region of the nodes, "" where there are several.
func regionOf(zones map[string]model.Place) string {
	region := ""
	for _, place := range zones {
		if region != "" && region != place.Region {
			return ""
		}
		region = place.Region
	}
	return region
}

func addPod(pods []whatif.Placement, zone string) []whatif.Placement {
	for i := range pods {
		if pods[i].Zone == zone {
			pods[i].Pods++
			return pods
		}
	}
	pods = append(pods, whatif.Placement{Zone: zone, Pods: 1})
	slices.SortFunc(pods, func(a, b whatif.Placement) int { return cmp.Compare(a.Zone, b.Zone) })
	return pods
}

// adviceOf is a recommendation as it is stored.
func adviceOf(r *whatif.Recommendation, currency string) (model.Recommendation, error) {
	record := model.Recommendation{
		ID: r.ID(), Kind: string(r.Kind), Subject: r.Subject, Title: r.Title,
		Monthly: r.Monthly, Low: r.Low, High: r.High, Saving: r.Saving, Before: r.Before, After: r.After, Currency: currency,
		From: r.From, To: r.To, Made: r.To, Minutes: r.Minutes, Bytes: r.Bytes, BreakEvenBytes: r.BreakEvenBytes,
		Why: r.Why, Assumptions: r.Assumptions, Warnings: r.Warnings, Check: r.Check, Apply: patchesOf(r.Apply), Undo: patchesOf(r.Undo),
	}
	record.Entities = endsOf(r.Edges)
	var err error
	record.Shifts, record.Rest, err = shiftsOf(r.Shifts)
	return record, err
}

// endsOf are the ids of the ends of edges, each once, in order.
func endsOf(edges []model.EdgeKey) []string {
	var ids []string
	for i := range edges {
		ids = append(ids, edges[i].Source.ID(), edges[i].Destination.ID())
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func patchesOf(patches []whatif.Patch) []model.Patch {
	converted := make([]model.Patch, len(patches))
	for i, p := range patches {
		converted[i] = model.Patch(p)
	}
	return converted
}
