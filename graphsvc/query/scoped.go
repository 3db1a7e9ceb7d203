package query

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
)

// What somebody may see is decided here and nowhere else: every answer is made
// of what these two stores hand out. A transfer is seen by who sees either of its
// ends, and then whole, its other end's name included: whose traffic it is must
// know where it goes. What no namespace has part in (machines, the outside) is
// seen by who sees all namespaces, and by others as the end of a transfer of
// theirs.
//
// Both types spell out every method. A method that is new to Graphs or Series
// does not compile until somebody has decided here who may see its answer.

// SeesAll reports whether whoever asks may see everything, and so also the sums
// over everything.
func SeesAll(ctx context.Context) bool { return access.From(ctx).Unscoped() }

// SignedIn tells askers apart: how they proved who they are, and their name; "" where
// nobody signs in.
func SignedIn(ctx context.Context) string {
	who := access.From(ctx)
	if who.Method == access.Local().Method {
		return ""
	}
	return who.Method + " " + who.Name
}

// Sees reports whether an end lies within somebody's scopes.
func sees(who access.Principal, end model.Identity) bool { return who.Sees(end.Cluster, end.Namespace) }

func seesTransfer(who access.Principal, key model.EdgeKey) bool {
	return sees(who, key.Source) || sees(who, key.Destination)
}

// visible are those of the transfers that whoever asks may see. What it is given
// may be shared and is not written to.
func visible(ctx context.Context, transfers []Transfer) []Transfer {
	who := access.From(ctx)
	if who.Unscoped() {
		return transfers
	}
	var seen []Transfer
	for i := range transfers {
		if seesTransfer(who, transfers[i].Key) {
			seen = append(seen, transfers[i])
		}
	}
	return seen
}

// scopesOf tells askers apart who may see different things, "" for who sees all:
// the key of what is kept for those who see the same.
func scopesOf(ctx context.Context) string {
	who := access.From(ctx)
	if who.Unscoped() {
		return ""
	}
	texts := make([]string, len(who.Scopes))
	for i, scope := range who.Scopes {
		texts[i] = scope.String()
	}
	slices.Sort(texts)
	return "within " + strings.Join(texts, " ")
}

// Asker tells askers apart who may be given different answers: the key of answers
// that are kept for several.
func Asker(ctx context.Context) string {
	return string(access.From(ctx).Role) + " " + scopesOf(ctx)
}

// scopedGraphs keeps to what the asker may see.
type scopedGraphs struct{ all Graphs }

var _ Graphs = scopedGraphs{}

// Versions hold sums over everything; the API leaves those out for who does not
// see everything.

func (g scopedGraphs) Head(ctx context.Context) (model.GraphVersion, bool, error) {
	return g.all.Head(ctx)
}

func (g scopedGraphs) Version(ctx context.Context, number uint64) (model.GraphVersion, bool, error) {
	return g.all.Version(ctx, number)
}

func (g scopedGraphs) Versions(ctx context.Context, before uint64, limit int) ([]model.GraphVersion, error) {
	return g.all.Versions(ctx, before, limit)
}

func (g scopedGraphs) CountVersions(ctx context.Context, before uint64) (int, error) {
	return g.all.CountVersions(ctx, before)
}

func (g scopedGraphs) VersionAt(ctx context.Context, at time.Time) (model.GraphVersion, bool, error) {
	return g.all.VersionAt(ctx, at)
}

func (g scopedGraphs) NewestMinute(ctx context.Context, asOf uint64) (model.Minute, error) {
	return g.all.NewestMinute(ctx, asOf)
}

func (g scopedGraphs) Transfers(ctx context.Context, window Window, entity string) ([]Transfer, error) {
	transfers, err := g.all.Transfers(ctx, window, entity)
	return visible(ctx, transfers), err
}

func (g scopedGraphs) Deployment(ctx context.Context, id string) (model.Fact, bool, error) {
	fact, ok, err := g.all.Deployment(ctx, id)
	if err != nil || !ok || fact.Revision == nil {
		return model.Fact{}, false, err
	}
	if r := fact.Revision; !access.From(ctx).Sees(r.Cluster, r.Workload.Namespace) {
		return model.Fact{}, false, nil
	}
	return fact, true, nil
}

func (g scopedGraphs) Deployments(ctx context.Context, entity string) ([]model.Fact, error) {
	facts, err := g.all.Deployments(ctx, entity)
	return seenRevisions(ctx, facts), err
}

// Rollouts reads on past what the asker may not see: a list is short only where there
// is no more.
func (g scopedGraphs) Rollouts(ctx context.Context, from, to time.Time, limit int) ([]model.Fact, error) {
	for most := limit; ; most *= 4 {
		facts, err := g.all.Rollouts(ctx, from, to, most)
		if err != nil {
			return nil, err
		}
		if seen := seenRevisions(ctx, facts); len(seen) >= limit || len(facts) < most {
			return seen[:min(limit, len(seen))], nil
		}
	}
}

func seenRevisions(ctx context.Context, facts []model.Fact) []model.Fact {
	if SeesAll(ctx) {
		return facts
	}
	who := access.From(ctx)
	var seen []model.Fact
	for i := range facts {
		if r := facts[i].Revision; r != nil && who.Sees(r.Cluster, r.Workload.Namespace) {
			seen = append(seen, facts[i])
		}
	}
	return seen
}

// Ownerships name the teams of transfers that are seen, and are not handed out
// by themselves.
func (g scopedGraphs) Ownerships(ctx context.Context) ([]Ownership, error) {
	return g.all.Ownerships(ctx)
}

// scopedSeries keeps to what the asker may see.
type scopedSeries struct{ all Series }

var _ Series = scopedSeries{}

func (s scopedSeries) Totals(ctx context.Context, window Window, of Subject) ([]MinuteTotal, error) {
	of.Reach = nil
	if who := access.From(ctx); !who.Unscoped() {
		of.Reach = append([]access.Scope{}, who.Scopes...)
	}
	return s.all.Totals(ctx, window, of)
}

func (s scopedSeries) Transfer(ctx context.Context, window Window, edge model.EdgeID) (Transfer, bool, error) {
	t, ok, err := s.all.Transfer(ctx, window, edge)
	if err != nil || !ok || !seesTransfer(access.From(ctx), t.Key) {
		return Transfer{}, false, err
	}
	return t, true, nil
}

// Charges and Flows are asked for transfers that were seen before.

func (s scopedSeries) Charges(ctx context.Context, window Window, edge model.EdgeID) ([]Charge, error) {
	return s.all.Charges(ctx, window, edge)
}

func (s scopedSeries) Flows(ctx context.Context, window Window, edge model.EdgeKey, limit int) ([]RawRow, error) {
	if !seesTransfer(access.From(ctx), edge) {
		return nil, nil
	}
	return s.all.Flows(ctx, window, edge, limit)
}

func (s scopedSeries) Charged(ctx context.Context, window Window, bucket model.Minute) ([]statement.Charge, error) {
	charges, err := s.all.Charged(ctx, window, bucket)
	return visibleCharges(ctx, charges), err
}

// Used is what standing costs are shared by: of everybody, since the shares of
// some depend on the bytes of all. It is not handed out; the shares are, to who
// may see them.
func (s scopedSeries) Used(ctx context.Context, window Window, bucket model.Minute) ([]statement.Use, error) {
	return s.all.Used(ctx, window, bucket)
}

func (s scopedSeries) PricedIn(ctx context.Context, window Window) (currencies, modes []string, err error) {
	return s.all.PricedIn(ctx, window)
}

// visibleUses are those of transfers that the asker sees.
func visibleUses(ctx context.Context, uses []statement.Use) []statement.Use {
	who := access.From(ctx)
	return slices.DeleteFunc(slices.Clone(uses), func(use statement.Use) bool { return use.Key == nil || !seesTransfer(who, *use.Key) })
}

// visibleCharges are those of transfers that whoever asks may see. What nobody
// used is seen by who sees everything.
func visibleCharges(ctx context.Context, charges []statement.Charge) []statement.Charge {
	who := access.From(ctx)
	if who.Unscoped() {
		return charges
	}
	var seen []statement.Charge
	for i := range charges {
		if charges[i].Key != nil && seesTransfer(who, *charges[i].Key) {
			seen = append(seen, charges[i])
		}
	}
	return seen
}

func (s scopedSeries) Reported(ctx context.Context, window Window, visit func(model.Minute, []Flow) (bool, error)) error {
	who := access.From(ctx)
	if who.Unscoped() {
		return s.all.Reported(ctx, window, visit)
	}
	return s.all.Reported(ctx, window, func(of model.Minute, flows []Flow) (bool, error) {
		return visit(of, slices.DeleteFunc(flows, func(f Flow) bool { return !seesTransfer(who, f.Key) }))
	})
}

func (s scopedSeries) Explain(ctx context.Context, window Window, edge model.EdgeKey, minutes int) ([]ExplainedMinute, error) {
	if !seesTransfer(access.From(ctx), edge) {
		return nil, nil
	}
	return s.all.Explain(ctx, window, edge, minutes)
}

// Labels answer filters, and not by themselves: see known.Labels.
func (s scopedSeries) Labels(ctx context.Context, window Window, keys []string, through time.Time) ([]Labels, error) {
	return s.all.Labels(ctx, window, keys, through)
}

func (s scopedSeries) Coverage(ctx context.Context, window Window) ([]NodeCoverage, error) {
	return s.all.Coverage(ctx, window)
}

// Agents and losses say how far any figure can be trusted, and name machines
// only.

func (s scopedSeries) Agents(ctx context.Context, lossesSince time.Time) ([]Agent, error) {
	return s.all.Agents(ctx, lossesSince)
}

// AgentMachines are asked for by who sees everything alone.
func (s scopedSeries) AgentMachines(ctx context.Context, window Window) ([]AgentMachine, error) {
	return s.all.AgentMachines(ctx, window)
}

func (s scopedSeries) Lost(ctx context.Context, from, to time.Time) (bytes uint64, known bool, err error) {
	return s.all.Lost(ctx, from, to)
}
