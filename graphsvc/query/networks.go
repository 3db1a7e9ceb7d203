package query

import (
	"context"

	"github.com/egressor/egressor/graphsvc/kept"
	"github.com/egressor/egressor/graphsvc/reach"
)

// maxNetworkLinks bounds the networks that are kept, about 0.5 kB a link. One weighs
// networkWeight more, so that empty ones are bounded too.
const (
	maxNetworkLinks = 130_000
	networkWeight   = 1000
)

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
	*kept.Answers[networkKey, *network]
}

// network is one that was made, and how large it is.
type network struct {
	*reach.Network

	links int
}

func newNetworks() networks {
	return networks{kept.New[networkKey](maxNetworkLinks, func(n *network) int { return networkWeight + n.links })}
}

func (n networks) of(ctx context.Context, w *windows, key networkKey, only selection) (*reach.Network, error) {
	made, err := n.Of(ctx, key, func(ctx context.Context) (*network, error) {
		links, err := w.links(ctx, key.window, only)
		if err != nil {
			return nil, err
		}
		made, err := reach.New(links, key.sense)
		return &network{made, len(links)}, err
	})
	if err != nil {
		return nil, err
	}
	return made.Network, nil
}

// links are the transfers of a window that are meant, as the algorithms see them.
func (w *windows) links(ctx context.Context, window Window, only selection) ([]reach.Link, error) {
	transfers, err := w.transfers(ctx, window)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	return linksOf(only.keep(transfers)), nil
}

func linksOf(transfers []Transfer) []reach.Link {
	links := make([]reach.Link, len(transfers))
	for i := range transfers {
		t := &transfers[i]
		links[i] = reach.Link{ID: t.ID, Key: &t.Key, Bytes: t.Sent.WireBytes, Cost: t.Cost}
	}
	return links
}
