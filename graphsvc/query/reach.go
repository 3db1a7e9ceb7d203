package query

import (
	"context"
	"strconv"

	"github.com/egressor/egressor/graphsvc/reach"
	"github.com/egressor/egressor/internal/model"
)

// Limits of the questions that go from node to node.
const (
	MaxPathHops  = 6
	MaxPaths     = 100
	MaxRingHops  = 6
	MaxRingNodes = 2000
	MaxShared    = 500
	MaxCircles   = 100
)

// OfWindow is an answer with the window and the version that it was read at.
type OfWindow[T any] struct {
	Answer   T
	Window   Window
	Version  *model.GraphVersion
	Currency string
}

// PathsAsk is a question for the ways between two nodes, named by their ids.
type PathsAsk struct {
	Ask
	From, To    string
	Sense       reach.Sense
	Hops, Limit int
}

// Paths are the ways from one node to another.
func (e *Explorer) Paths(ctx context.Context, ask PathsAsk) (OfWindow[reach.Paths], error) {
	if err := within(ask.Hops, MaxPathHops, "paths of %d hops"); err != nil {
		return OfWindow[reach.Paths]{}, err
	}
	if err := within(ask.Limit, MaxPaths, "%d paths"); err != nil {
		return OfWindow[reach.Paths]{}, err
	}
	return inNetwork(ctx, e, ask.Ask, ask.Sense, []string{ask.From, ask.To}, func(n *reach.Network) (reach.Paths, error) {
		return n.Paths(ask.From, ask.To, ask.Hops, ask.Limit)
	})
}

// RingsAsk is a question for what lies around a node, or around a gateway: one
// of the two is set.
type RingsAsk struct {
	Ask
	Node, Via   string
	Hops, Limit int
}

func (a RingsAsk) check() error {
	if (a.Node == "") == (a.Via == "") {
		return badInput("give a node's id or a gateway's name, not both", "it must be said what to start from")
	}
	if err := within(a.Hops, MaxRingHops, "%d hops"); err != nil {
		return err
	}
	return within(a.Limit, MaxRingNodes, "%d nodes")
}

// Neighbourhood is who exchanges bytes with a node, within so many hops.
func (e *Explorer) Neighbourhood(ctx context.Context, ask RingsAsk) (OfWindow[reach.Rings], error) {
	if err := ask.check(); err != nil {
		return OfWindow[reach.Rings]{}, err
	}
	asked := networkAsk{ask.Ask, reach.Data, []string{ask.Node}, ""}
	if ask.Hops == 1 {
		asked.around = ask.Node
	}
	return answered(ctx, e, asked, func(n *reach.Network) (reach.Rings, error) {
		return n.Neighbourhood(ask.Node, ask.Hops, ask.Limit)
	})
}

// BlastRadius is who is hit when a node or a gateway is gone or slow.
func (e *Explorer) BlastRadius(ctx context.Context, ask RingsAsk) (OfWindow[reach.Rings], error) {
	if err := ask.check(); err != nil {
		return OfWindow[reach.Rings]{}, err
	}
	var nodes []string
	if ask.Node != "" {
		nodes = []string{ask.Node}
	}
	found, err := inNetwork(ctx, e, ask.Ask, reach.Calls, nodes, func(n *reach.Network) (reach.Rings, error) {
		if ask.Via == "" {
			return n.Dependents(ask.Node, ask.Hops, ask.Limit)
		}
		return n.DependentsOnGateway(ask.Via, ask.Hops, ask.Limit)
	})
	if err == nil && ask.Via != "" && len(found.Answer.Reached) == 0 { // nobody would be hit: more likely the name is wrong
		err = unknownID("give what a transfer has as `via`, or ask about another window", "no transfer of %s to %s goes through %q", found.Window.From, found.Window.To, ask.Via)
	}
	return found, err
}

// SharedDestinations are the nodes that at least two of some nodes call; no node
// means every one.
func (e *Explorer) SharedDestinations(ctx context.Context, ask Ask, of []string, limit int) (OfWindow[[]reach.Shared], error) {
	if err := within(limit, MaxShared, "%d shared destinations"); err != nil {
		return OfWindow[[]reach.Shared]{}, err
	}
	return inNetwork(ctx, e, ask, reach.Calls, of, func(n *reach.Network) ([]reach.Shared, error) {
		shared, err := n.SharedDestinations(of)
		return shared[:min(limit, len(shared))], err
	})
}

// CrossZoneCircles are the workloads that talk across zones in circles.
func (e *Explorer) CrossZoneCircles(ctx context.Context, ask Ask, sense reach.Sense, minBytes uint64, limit int) (OfWindow[[]reach.Circle], error) {
	if err := within(limit, MaxCircles, "%d circles"); err != nil {
		return OfWindow[[]reach.Circle]{}, err
	}
	window, version, only, err := e.chosen(ctx, ask)
	if err != nil {
		return OfWindow[[]reach.Circle]{}, err
	}
	if version == nil {
		return OfWindow[[]reach.Circle]{}, nothingFolded()
	}
	links, err := e.windows.links(ctx, window, only)
	if err != nil {
		return OfWindow[[]reach.Circle]{}, err
	}
	circles, err := reach.CrossZoneCircles(links, sense, minBytes)
	return OfWindow[[]reach.Circle]{circles[:min(limit, len(circles))], window, version, version.Currency}, err
}

// networkAsk says of which network something is asked.
type networkAsk struct {
	Ask
	sense reach.Sense
	// nodes have to be in it.
	nodes []string
	// around is the node whose own transfers are enough for the answer, "" where all
	// of the window's are needed.
	around string
}

// inNetwork resolves a window, checks that it holds some nodes, and asks its
// network.
func inNetwork[T any](ctx context.Context, e *Explorer, ask Ask, sense reach.Sense, nodes []string, question func(*reach.Network) (T, error)) (OfWindow[T], error) {
	return answered(ctx, e, networkAsk{ask, sense, nodes, ""}, question)
}

func answered[T any](ctx context.Context, e *Explorer, ask networkAsk, question func(*reach.Network) (T, error)) (answer OfWindow[T], err error) {
	window, version, only, err := e.chosen(ctx, ask.Ask)
	answer.Window, answer.Version = window, version
	if err != nil {
		return answer, err
	}
	if answer.Version == nil {
		return answer, nothingFolded()
	}
	answer.Currency = answer.Version.Currency
	network, err := e.network(ctx, window, ask, only)
	if err != nil {
		return answer, err
	}
	for _, id := range ask.nodes {
		if _, known := network.Node(id); !known {
			return answer, unknownID("ids are as `graph` gives them, for example w/lab/shop/Deployment/checkout; or ask about another window",
				"no transfer of %s to %s has the node %q as an end", answer.Window.From, answer.Window.To, id)
		}
	}
	answer.Answer, err = question(network)
	return answer, err
}

// network is that of a window, or of one node's transfers where these are enough
// and the window has not been read yet.
func (e *Explorer) network(ctx context.Context, window Window, ask networkAsk, only selection) (*reach.Network, error) {
	key := networkKey{window, ask.sense, scopesOf(ctx), only.filter.String()}
	if ask.around == "" || e.windows.Keeps(window) || e.networks.Keeps(key) {
		return e.networks.of(ctx, e.windows, key, only)
	}
	transfers, err := e.graphs.Transfers(ctx, window, ask.around)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	return reach.New(linksOf(only.keep(transfers)), ask.sense)
}

func within(n, most int, what string) error {
	if n < 1 || n > most {
		return badInput("ask for 1 to "+strconv.Itoa(most), what, n)
	}
	return nil
}
