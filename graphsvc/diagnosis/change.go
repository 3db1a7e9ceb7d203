package diagnosis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// ChangeKind says what changed in the world.
type ChangeKind string

// Kinds of change, as facts tell them.
const (
	ChangeRollout      ChangeKind = "rollout"         // a new revision with other images
	ChangeConfig       ChangeKind = "config-change"   // a new revision with the same images
	ChangeScaling      ChangeKind = "scaling"         // more or fewer pods of one revision
	ChangeRescheduling ChangeKind = "rescheduling"    // as many pods, in other zones
	ChangeRestarts     ChangeKind = "restarts"        // pods of one revision replaced again and again
	ChangeJob          ChangeKind = "job-started"     // a pod of a Job or CronJob
	ChangeNewWorkload  ChangeKind = "new-workload"    // a workload's first pods
	ChangeNodes        ChangeKind = "node-pool"       // nodes came or went
	ChangeRoute        ChangeKind = "route-change"    // a route added or removed
	ChangeEndpoint     ChangeKind = "endpoint-change" // an address range or an endpoint added or removed
	ChangeService      ChangeKind = "service-change"  // a Service that stands for something else
	ChangePriceBook    ChangeKind = "price-book"      // another price book or other terms
)

// Change is one thing that changed, and when.
type Change struct {
	Kind ChangeKind
	At   time.Time
	// Workload is set where a workload changed.
	Workload model.Identity
	// Subject names what changed, for people and for links.
	Subject string
	// Detail says what exactly, and who and why where a fact tells.
	Detail string
	// Revision is the new revision's id, for rollouts.
	Revision string
	// Before and After are pod counts, for scaling; numbers of restarts and of
	// nodes that came and went elsewhere.
	Before, After int
	// Nodes are the names of the nodes that pods moved between, or that changed.
	Nodes []string
}

// ChangesIn reads the changes of [from, to) out of facts that held at some time
// from well before until then. They are sorted by time.
func ChangesIn(facts []model.Fact, from, to time.Time) []Change {
	r := reader{from: from, to: to, zones: map[string]string{}}
	r.sort(facts)
	changes := r.revisions()
	changes = append(changes, r.pods()...)
	changes = append(changes, r.nodes()...)
	changes = append(changes, r.routes()...)
	changes = append(changes, r.services()...)
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Subject, b.Subject))
	})
	return changes
}

// reader looks for changes in a stretch of time.
type reader struct {
	from, to time.Time
	byKind   map[model.FactKind][]model.Fact
	// zones are the nodes' zones by name.
	zones map[string]string
}

func (r *reader) sort(facts []model.Fact) {
	r.byKind = map[model.FactKind][]model.Fact{}
	for _, fact := range facts {
		r.byKind[fact.Kind] = append(r.byKind[fact.Kind], fact)
		if fact.Node != nil {
			r.zones[fact.Node.Name] = fact.Node.Place.Zone
		}
	}
	for _, list := range r.byKind {
		slices.SortStableFunc(list, func(a, b model.Fact) int {
			return cmp.Or(cmp.Compare(a.Key, b.Key), a.Period.From.Compare(b.Period.From), a.Recorded.Compare(b.Recorded))
		})
	}
}

func (r *reader) within(at time.Time) bool {
	return !at.IsZero() && !at.Before(r.from) && at.Before(r.to)
}

// revisions finds rollouts: a revision that was rolled out in the time.
func (r *reader) revisions() []Change {
	var changes []Change
	all := r.byKind[model.FactRevision]
	for i := range all {
		revision := all[i].Revision
		if !r.within(revision.RolledOut) || i > 0 && all[i-1].Key == all[i].Key {
			continue
		}
		before := predecessor(all, revision)
		if before == nil {
			continue // the first revision is a new workload, which its pods tell
		}
		change := Change{
			Kind: ChangeRollout, At: revision.RolledOut, Workload: revision.Workload.In(revision.Cluster),
			Revision: all[i].Key, Detail: rolloutText(before, revision),
		}
		if slices.Equal(before.Images, revision.Images) {
			change.Kind = ChangeConfig
		}
		change.Subject = change.Workload.ID()
		changes = append(changes, change)
	}
	return changes
}

func predecessor(all []model.Fact, of *model.RevisionFact) *model.RevisionFact {
	var best *model.RevisionFact
	for i := range all {
		other := all[i].Revision
		if other.Cluster == of.Cluster && other.Workload == of.Workload && other.Number < of.Number && (best == nil || other.Number > best.Number) {
			best = other
		}
	}
	return best
}

func rolloutText(before, after *model.RevisionFact) string {
	text := fmt.Sprintf("revision %d to %d", before.Number, after.Number)
	if !slices.Equal(before.Images, after.Images) {
		text += fmt.Sprintf(", images %s to %s", strings.Join(before.Images, " "), strings.Join(after.Images, " "))
	} else {
		text += ", same images"
	}
	for _, part := range []struct{ name, value string }{{"by", after.ChangedBy}, {"commit", after.GitCommit}, {"reason given:", after.Cause}} {
		if part.value != "" {
			text += ", " + part.name + " " + part.value
		}
	}
	return text
}

// nodes finds nodes that came or went. All of the time are one change: a pool is
// replaced node by node.
func (r *reader) nodes() []Change {
	change := Change{Kind: ChangeNodes}
	for _, fact := range r.byKind[model.FactNode] {
		came, went := r.within(fact.Period.From), r.within(fact.Period.To)
		for _, event := range []struct {
			happened bool
			at       time.Time
			count    *int
		}{{came, fact.Period.From, &change.After}, {went, fact.Period.To, &change.Before}} {
			if !event.happened {
				continue
			}
			*event.count++
			change.Nodes = append(change.Nodes, fact.Node.Name)
			if change.At.IsZero() || event.at.Before(change.At) {
				change.At = event.at
			}
		}
	}
	if len(change.Nodes) == 0 {
		return nil
	}
	slices.Sort(change.Nodes)
	change.Nodes = slices.Compact(change.Nodes)
	change.Subject = strings.Join(change.Nodes[:min(len(change.Nodes), 3)], " ")
	change.Detail = fmt.Sprintf("%d nodes came, %d went", change.After, change.Before)
	return []Change{change}
}

func (r *reader) routes() []Change {
	var changes []Change
	for _, fact := range slices.Concat(r.byKind[model.FactRoute], r.byKind[model.FactEndpoint]) {
		for _, event := range []struct {
			at   time.Time
			verb string
		}{{fact.Period.From, "added"}, {fact.Period.To, "removed"}} {
			if !r.within(event.at) {
				continue
			}
			change := Change{Kind: ChangeRoute, At: event.at, Subject: fact.Key}
			if fact.Route != nil {
				change.Detail = fmt.Sprintf("route to %s by %s %s", destinationText(fact.Route), fact.Route.Path, event.verb)
				if fact.Route.Subnet != "" {
					change.Detail += " in subnet " + fact.Route.Subnet
				}
			} else {
				change.Kind = ChangeEndpoint
				change.Detail = fmt.Sprintf("endpoint %s %s", fact.Endpoint.Name, event.verb)
			}
			changes = append(changes, change)
		}
	}
	return changes
}

func destinationText(route *model.RouteFact) string {
	if route.EndpointClass != "" {
		return route.EndpointClass
	}
	return route.Destination.String()
}

// services finds Services whose fact was replaced by another.
func (r *reader) services() []Change {
	var changes []Change
	all := r.byKind[model.FactService]
	for i := range all {
		if i == 0 || all[i].Key != all[i-1].Key || !r.within(all[i].Period.From) {
			continue
		}
		service := all[i].Service
		changes = append(changes, Change{
			Kind: ChangeService, At: all[i].Period.From, Subject: service.Namespace + "/" + service.Name,
			Detail: "service " + service.Namespace + "/" + service.Name + " was changed",
		})
	}
	return changes
}
