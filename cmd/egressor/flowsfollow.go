package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/client"
)

const versionsDocument = `query($after: String) { versions(first: 50, after: $after) { edges { node { number kind from to } } pageInfo { hasNextPage endCursor } } }`

// foldedVersion is a version as following needs it.
type foldedVersion struct {
	Number   uint64
	Kind     string
	From, To time.Time
}

// follow prints the flows of each version that is committed after one, until ctx
// ends. A service that does not answer for a while is asked again.
func (r *flowReader) follow(ctx context.Context, through uint64, every time.Duration, progress io.Writer) error {
	silent := false
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(every):
		}
		fresh, err := r.versionsAfter(ctx, through)
		if err == nil {
			through, err = r.printVersions(ctx, fresh, through)
		}
		if told := new(client.Error); errors.As(err, &told) {
			return err
		}
		if ctx.Err() != nil {
			return nil //nolint:nilerr // whoever follows has seen enough
		}
		if failed := err != nil; failed != silent {
			if silent = failed; failed {
				fmt.Fprintf(progress, "%v: asking again every %s\n", err, every)
			} else {
				fmt.Fprintln(progress, "the service answers again")
			}
		}
	}
}

// printVersions prints the flows of versions in order, and tells how far it came.
func (r *flowReader) printVersions(ctx context.Context, fresh []foldedVersion, through uint64) (uint64, error) {
	for _, v := range fresh {
		if v.Kind == "FOLD" || v.Kind == "REFOLD" {
			window := map[string]any{"filter": r.filter, "from": v.From, "to": v.To, "asOf": map[string]any{"version": v.Number}}
			if err := r.print(ctx, window, mostSeen); err != nil {
				return through, err
			}
		}
		through = v.Number
	}
	return through, nil
}

// versionsAfter are the versions after one, oldest first.
func (r *flowReader) versionsAfter(ctx context.Context, through uint64) ([]foldedVersion, error) {
	var fresh []foldedVersion
	var after *string
	for {
		data, err := r.client.Query(ctx, versionsDocument, map[string]any{"after": after})
		if err != nil {
			return nil, err
		}
		var answer struct {
			Versions struct {
				Edges    []struct{ Node foldedVersion }
				PageInfo struct {
					HasNextPage bool
					EndCursor   *string
				}
			}
		}
		if err := json.Unmarshal(data, &answer); err != nil {
			return nil, err
		}
		for _, edge := range answer.Versions.Edges {
			if edge.Node.Number <= through {
				slices.Reverse(fresh)
				return fresh, nil
			}
			fresh = append(fresh, edge.Node)
		}
		if after = answer.Versions.PageInfo.EndCursor; !answer.Versions.PageInfo.HasNextPage {
			slices.Reverse(fresh)
			return fresh, nil
		}
	}
}
