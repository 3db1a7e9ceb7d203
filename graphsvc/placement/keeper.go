// Package placement keeps where each node is on the map: what graphsvc/layout finds
// once is stored with the graph, so that a node stays where it is from minute to
// minute, for everybody, and when the service starts again.
package placement

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"

	"github.com/egressor/egressor/graphsvc/layout"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
)

// Store keeps places.
type Store interface {
	// Places are those of all nodes that have one, by the node's id.
	Places(ctx context.Context) (map[string]layout.Point, error)
	// Settle stores places of nodes that have none, and returns what is stored of all
	// that were given: another service may have placed one before. A node that the graph
	// does not have is left out.
	Settle(ctx context.Context, places map[string]layout.Point) (map[string]layout.Point, error)
}

// Versions announces committed versions.
type Versions interface {
	Subscribe(ctx context.Context) <-chan model.GraphVersion
}

// lastFlush is how long a stop may take to store what is new.
const lastFlush = 5 * time.Second

// Keeper places nodes, and stores what is new each time that a version is committed:
// an answer waits for no write. Keeper is safe for concurrent use.
type Keeper struct {
	store    Store
	versions Versions
	log      *slog.Logger

	mu    sync.Mutex
	known map[string]layout.Point
	// fresh are those of known that are not stored yet; read is true once all that is
	// stored is in known.
	fresh map[string]layout.Point
	read  bool
	component.Background
}

var (
	_ query.Layout        = (*Keeper)(nil)
	_ component.Component = (*Keeper)(nil)
)

// New returns an inert keeper.
func New(store Store, versions Versions, log *slog.Logger) *Keeper {
	return &Keeper{store: store, versions: versions, log: log, known: map[string]layout.Point{}, fresh: map[string]layout.Point{}}
}

// Passing returns a keeper that stores nothing: places last as long as it does.
func Passing() *Keeper {
	k := New(nil, nil, slog.New(slog.DiscardHandler))
	k.read = true
	return k
}

// Start begins to store what is new.
func (k *Keeper) Start(ctx context.Context) error {
	subscribed := make(chan struct{})
	k.Go(ctx, func(ctx context.Context) {
		versions := k.versions.Subscribe(ctx)
		close(subscribed)
		for range versions {
			k.flush(ctx)
		}
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastFlush)
		defer cancel()
		k.flush(last)
	})
	<-subscribed
	return nil
}

// Place gives every node its place on the map.
func (k *Keeper) Place(ctx context.Context, nodes []query.Node, transfers []query.Transfer) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.recall(ctx); err != nil {
		return err
	}
	if k.fill(nodes) {
		return nil
	}
	for id, point := range layout.Arrange(k.known, layoutNodes(nodes), layoutLinks(transfers)) {
		k.known[id] = point
		if k.store != nil {
			k.fresh[id] = point
		}
	}
	k.fill(nodes)
	return nil
}

// recall reads what is stored, once: a node must not be placed while its place is not known.
func (k *Keeper) recall(ctx context.Context) error {
	if k.read {
		return nil
	}
	stored, err := k.store.Places(ctx)
	if err != nil {
		return err
	}
	maps.Copy(k.known, stored)
	k.read = true
	return nil
}

// fill gives nodes the places that are known, and reports whether all were.
func (k *Keeper) fill(nodes []query.Node) bool {
	for i := range nodes {
		point, known := k.known[nodes[i].Identity.ID()]
		if !known {
			return false
		}
		nodes[i].X, nodes[i].Y = point.X, point.Y
	}
	return true
}

// flush stores what is new. What fails is tried again with the next version.
func (k *Keeper) flush(ctx context.Context) {
	k.mu.Lock()
	fresh := maps.Clone(k.fresh)
	k.mu.Unlock()
	if len(fresh) == 0 {
		return
	}
	stored, err := k.store.Settle(ctx, fresh)
	if ctx.Err() != nil {
		return // the service stops: the last flush stores them
	}
	if err != nil {
		k.log.Error("places on the map could not be stored and will be with the next version: they would be others after a restart", "nodes", len(fresh), "error", err)
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	maps.Copy(k.known, stored)
	for id := range stored {
		delete(k.fresh, id)
	}
}
