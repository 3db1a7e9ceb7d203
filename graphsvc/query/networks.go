package query

import (
	"context"
	"sync"

	"github.com/egressor/egressor/graphsvc/reach"
)

// maxNetworks bounds the networks that are kept: about 15 MB each at 30,000 transfers.
const maxNetworks = 4

// networkKey says what a network is of. It never changes: see windows.
type networkKey struct {
	window Window
	sense  reach.Sense
	// scopes are those of whoever asks, "" for everything.
	scopes string
	// filter is in its canonical form, "" for everything.
	filter string
}

// networks keeps the networks that were asked for last: following paths from
// node to node is one question after another about one window.
type networks struct {
	mu     sync.Mutex
	kept   map[networkKey]*reach.Network
	oldest []networkKey
}

func (n *networks) of(ctx context.Context, w *windows, key networkKey, only selection) (*reach.Network, error) {
	if network := n.find(key); network != nil {
		return network, nil
	}
	links, err := w.links(ctx, key.window, only)
	if err != nil {
		return nil, err
	}
	network, err := reach.New(links, key.sense)
	if err != nil {
		return nil, err
	}
	n.keep(key, network)
	return network, nil
}

func (n *networks) find(key networkKey) *reach.Network {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.kept[key]
}

func (n *networks) keep(key networkKey, network *reach.Network) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.kept == nil {
		n.kept = map[networkKey]*reach.Network{}
	}
	if n.kept[key] == nil {
		n.oldest = append(n.oldest, key)
	}
	n.kept[key] = network
	if len(n.oldest) > maxNetworks {
		delete(n.kept, n.oldest[0])
		n.oldest = n.oldest[1:]
	}
}

// links are the transfers of a window that are meant, as the algorithms see them.
func (w *windows) links(ctx context.Context, window Window, only selection) ([]reach.Link, error) {
	transfers, err := w.transfers(ctx, window)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	transfers = only.keep(transfers)
	links := make([]reach.Link, len(transfers))
	for i := range transfers {
		t := &transfers[i]
		links[i] = reach.Link{ID: t.ID, Key: &t.Key, Bytes: t.Sent.WireBytes, Cost: t.Cost}
	}
	return links, nil
}
