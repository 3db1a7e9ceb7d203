package query

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
)

// MaxFound is how many nodes a search answers with at most.
const MaxFound = 100

// Found are the nodes that a search found, costliest first.
type Found struct {
	Graph
	// Count is how many matched, listed or not.
	Count int
}

// Search finds nodes of a window by the words of a text: each must stand in a
// node's id or name.
func (e *Explorer) Search(ctx context.Context, ask Ask, text string, limit int) (Found, error) {
	words := strings.Fields(strings.ToLower(text))
	const longest = 200
	if len(words) == 0 || len(text) > longest {
		return Found{}, badInput("give a part of a name, at most "+strconv.Itoa(longest)+" letters", "a search for %d words", len(words))
	}
	if limit < 1 || limit > MaxFound {
		return Found{}, badInput("ask for 1 to "+strconv.Itoa(MaxFound), "a search for %d nodes", limit)
	}
	graph, err := e.Transfers(ctx, ask, "", ByCost)
	if err != nil || graph.Version == nil {
		return Found{Graph: graph}, err
	}
	nodes, _, err := nodesOf(graph.Transfers)
	if err != nil {
		return Found{}, err
	}
	nodes = slices.DeleteFunc(nodes, func(n Node) bool { return !hasWords(strings.ToLower(n.Identity.ID()+" "+n.Identity.Name), words) })
	slices.SortStableFunc(nodes, func(a, b Node) int {
		return cmp.Or(b.Cost.Cmp(a.Cost), cmp.Compare(b.BytesIn+b.BytesOut, a.BytesIn+a.BytesOut))
	})
	found := Found{Graph: graph, Count: len(nodes)}
	found.Nodes = nodes[:min(limit, len(nodes))]
	return found, nil
}

func hasWords(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}
