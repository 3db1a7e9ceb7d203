package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/client"
	"github.com/egressor/egressor/graphsvc/filter"
)

// flowsFlags are what flows was asked for.
type flowsFlags struct {
	service remote
	since   time.Duration
	limit   int
	follow  bool
	every   time.Duration
	format  string
}

func flowsCommand() *cobra.Command {
	var f flowsFlags
	cmd := &cobra.Command{
		Use:   "flows [FILTER]",
		Short: "Raw flows as the agents reported them, each end named, oldest first; -f goes on as minutes are folded",
		Long: `Asks a running service for raw flows: each direction of each row by itself, with both
ends named as the minute's version names them. docs/filter.md describes the filter; its
sums are those of the row. A report with "check" is the other end's word on a transfer
that has been counted already.

Flows of a minute are known once it is folded: with --follow they come some 20 seconds
after its end. Where a minute is folded again with late data, what is new comes then.`,
		Example: `  egressor flows -f --since 5m namespace=shop path=nat
  egressor flows --since 1h 'bytes>10MB crosses=zone' -o json
  egressor flows address=10.2.0.0/16 role=client`,
		Args: func(_ *cobra.Command, args []string) error {
			_, err := filter.Parse(strings.Join(args, " "))
			return usage(hinted(err))
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			connected, err := f.service.connect()
			if err != nil {
				return usage(err)
			}
			r := flowReader{client: connected, filter: strings.Join(args, " "), limit: f.limit, out: &flowPrinter{out: cmd.OutOrStdout(), format: f.format}, seen: map[string]bool{}}
			through, err := r.backlog(cmd.Context(), f.since)
			if err != nil || !f.follow {
				return err
			}
			return r.follow(cmd.Context(), through, f.every, cmd.ErrOrStderr())
		},
	}
	f.service.addFlags(cmd.Flags())
	cmd.Flags().DurationVar(&f.since, "since", 5*time.Minute, "how far back from the newest folded minute, at most 1h")
	cmd.Flags().IntVar(&f.limit, "limit", 1000, "print at most this many of the flows so far, the newest")
	cmd.Flags().BoolVarP(&f.follow, "follow", "f", false, "go on with each version that is committed")
	cmd.Flags().DurationVar(&f.every, "every", 2*time.Second, "with --follow: how often to ask for new versions")
	outputFlag(cmd, &f.format)
	return cmd
}

// hinted is a filter's error with what to do.
func hinted(err error) error {
	var wrong *filter.Error
	if !errors.As(err, &wrong) {
		return err
	}
	return fmt.Errorf("%s: %s", wrong.Message, wrong.Hint)
}

// flowReader asks for flows and prints each once.
type flowReader struct {
	client *client.Client
	filter string
	limit  int
	out    *flowPrinter
	// seen are the ids of the flows that were printed lately, recent in their order.
	seen   map[string]bool
	recent []string
}

const flowsDocument = `query($window: Window, $first: Int, $after: String) { flows(window: $window, first: $first, after: $after) {
	version { number } window { from to } pageInfo { hasNextPage endCursor }
	edges { node { id windowStart windowSeconds agent bySender taken transfer source destination sourceName destinationName sourceAddress destinationAddress
		sourceZone destinationZone serverPort protocol initiator path via bytes payloadBytes packets retransmittedPackets connections rttMicros batch } } } }`

// flowsAnswer is one page.
type flowsAnswer struct {
	Flows struct {
		Version  *struct{ Number uint64 }
		Window   struct{ From, To time.Time }
		PageInfo struct {
			HasNextPage bool
			EndCursor   *string
		}
		Edges []struct{ Node json.RawMessage }
	}
}

const flowsPage = 500

// backlog prints the newest flows so far, oldest first, and tells as of which
// version.
func (r *flowReader) backlog(ctx context.Context, since time.Duration) (version uint64, err error) {
	if since < time.Minute || since > time.Hour {
		return 0, usage(fmt.Errorf("--since %s: want 1m to 1h", since))
	}
	newest, err := r.page(ctx, map[string]any{"filter": r.filter}, 1, nil)
	if err != nil || newest.Flows.Version == nil {
		return 0, err
	}
	version = newest.Flows.Version.Number
	to := newest.Flows.Window.To
	window := map[string]any{"filter": r.filter, "from": to.Add(-since), "to": to, "asOf": map[string]any{"version": version}}
	return version, r.print(ctx, window, r.limit)
}

// print prints the newest flows of a window, oldest first.
func (r *flowReader) print(ctx context.Context, window map[string]any, limit int) error {
	var nodes []json.RawMessage
	var after *string
	for len(nodes) < limit {
		page, err := r.page(ctx, window, min(flowsPage, limit-len(nodes)), after)
		if err != nil {
			return err
		}
		for _, edge := range page.Flows.Edges {
			nodes = append(nodes, edge.Node)
		}
		if after = page.Flows.PageInfo.EndCursor; !page.Flows.PageInfo.HasNextPage {
			break
		}
	}
	for _, node := range slices.Backward(nodes) {
		if err := r.once(node); err != nil {
			return err
		}
	}
	return nil
}

func (r *flowReader) page(ctx context.Context, window map[string]any, first int, after *string) (answer flowsAnswer, err error) {
	data, err := r.client.Query(ctx, flowsDocument, map[string]any{"window": window, "first": first, "after": after})
	if err != nil {
		return answer, err
	}
	return answer, json.Unmarshal(data, &answer)
}

// mostSeen bounds how many ids are remembered: a minute is folded again within
// a short time, or not at all.
const mostSeen = 200_000

// once prints a flow unless it was printed lately.
func (r *flowReader) once(node json.RawMessage) error {
	var f printedFlow
	if err := json.Unmarshal(node, &f); err != nil {
		return fmt.Errorf("reading a flow: %w", err)
	}
	if r.seen[f.ID] {
		return nil
	}
	r.seen[f.ID] = true
	if r.recent = append(r.recent, f.ID); len(r.recent) > mostSeen {
		delete(r.seen, r.recent[0])
		r.recent = r.recent[1:]
	}
	return r.out.flow(node, &f)
}
