package placement_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/layout"
	"github.com/egressor/egressor/graphsvc/placement"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
)

// commits hands out versions as the test sends them.
type commits chan model.GraphVersion

func (c commits) Subscribe(ctx context.Context) <-chan model.GraphVersion {
	out := make(chan model.GraphVersion)
	go func() {
		defer close(out)
		for {
			select {
			case v := <-c:
				select {
				case out <- v:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// service is a keeper of a service that runs, with the versions that it hears of.
func service(t *testing.T, store placement.Store) (*placement.Keeper, commits) {
	t.Helper()
	c := make(commits)
	k := placement.New(store, c, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err := k.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = k.Stop(context.WithoutCancel(t.Context())) })
	return k, c
}

// graph are the nodes of some numbers, each with a transfer to another.
func graph(from, to int) ([]query.Node, []query.Transfer) {
	identity := func(n int) model.Identity {
		return model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: fmt.Sprint("ns-", n%5), Type: "Deployment", Name: fmt.Sprint("web-", n)}
	}
	var nodes []query.Node
	var transfers []query.Transfer
	for n := from; n < to; n++ {
		nodes = append(nodes, query.Node{Identity: identity(n)})
		transfers = append(transfers, query.Transfer{Key: model.EdgeKey{Source: identity(n), Destination: identity(from + (n*7)%(to-from))}, Sent: model.Counts{WireBytes: uint64(n)}})
	}
	return nodes, transfers
}

func placed(t *testing.T, k *placement.Keeper, from, to int) map[string]layout.Point {
	t.Helper()
	nodes, transfers := graph(from, to)
	if err := k.Place(t.Context(), nodes, transfers); err != nil {
		t.Fatal(err)
	}
	places := map[string]layout.Point{}
	for i := range nodes {
		places[nodes[i].Identity.ID()] = layout.Point{X: nodes[i].X, Y: nodes[i].Y}
	}
	return places
}

func stop(t *testing.T, k *placement.Keeper) {
	t.Helper()
	if err := k.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestPlacesSurviveARestart: with the real graph. A service that starts anew draws every
// node where it was, and new ones among them; two services at once agree on what the
// first of them stored.
func TestPlacesSurviveARestart(t *testing.T) {
	db := neo4jtest.DB(t)
	if err := neo4j.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	nodes, _ := graph(0, 100)
	var ids []string
	for i := range nodes {
		ids = append(ids, nodes[i].Identity.ID())
	}
	if err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(t.Context(), "UNWIND $ids AS id MERGE (:Entity {id: id})", neo4j.Params{"ids": ids})
	}); err != nil {
		t.Fatal(err)
	}
	store := func() placement.Store { return graphstore.New(db) }
	first, committed := service(t, store())
	before := placed(t, first, 0, 80)
	committed <- model.GraphVersion{}
	committed <- model.GraphVersion{} // taken when the first is dealt with
	later := placed(t, first, 0, 90)
	stop(t, first) // stores what the last versions did not

	second, _ := service(t, store())
	after := placed(t, second, 20, 100) // other nodes are asked for first
	for id, at := range later {
		if now, drawn := after[id]; drawn && now != at {
			t.Errorf("%s was at %v and is at %v after the restart", id, at, now)
		}
	}
	if diff := cmp.Diff(before, placed(t, second, 0, 80)); diff != "" {
		t.Errorf("places before and after the restart (-before +after):\n%s", diff)
	}
	other, heard := service(t, store()) // has read what was stored before the second's last ten
	mine := placed(t, other, 0, 100)
	stop(t, second)
	heard <- model.GraphVersion{}
	heard <- model.GraphVersion{}
	stop(t, other)
	third, _ := service(t, store())
	if diff := cmp.Diff(placed(t, third, 0, 100), placed(t, other, 0, 100)); diff != "" {
		t.Errorf("two services disagree for good (-stored +other):\n%s", diff)
	}
	if len(mine) != 100 {
		t.Errorf("%d places, want 100", len(mine))
	}
}

// broken fails until it is mended.
type broken struct {
	err    error
	places map[string]layout.Point
}

func (b *broken) Places(context.Context) (map[string]layout.Point, error) { return b.places, b.err }

func (b *broken) Settle(_ context.Context, places map[string]layout.Point) (map[string]layout.Point, error) {
	if b.err != nil {
		return nil, b.err
	}
	b.places = places
	return places, nil
}

// TestAStoreThatFails: nothing is placed while what is stored cannot be read, and what
// could not be stored is stored with the next version.
func TestAStoreThatFails(t *testing.T) {
	store := &broken{err: errors.New("down")}
	k, committed := service(t, store)
	nodes, transfers := graph(0, 3)
	if err := k.Place(t.Context(), nodes, transfers); !errors.Is(err, store.err) {
		t.Fatalf("placed without knowing what is stored: %v", err)
	}
	store.err = nil
	want := placed(t, k, 0, 3)
	store.err = errors.New("down again")
	committed <- model.GraphVersion{}
	committed <- model.GraphVersion{}
	stop(t, k)
	if store.places != nil {
		t.Fatalf("stored %v while the store was down", store.places)
	}
	store.err = nil
	again, committed := service(t, store)
	if diff := cmp.Diff(want, placed(t, again, 0, 3)); diff != "" {
		t.Errorf("the same graph laid out twice (-first +second):\n%s", diff)
	}
	committed <- model.GraphVersion{}
	committed <- model.GraphVersion{}
	stop(t, again)
	if diff := cmp.Diff(want, store.places); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
}
