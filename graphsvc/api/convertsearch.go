package api

import (
	"strconv"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func foundOf(found query.Found) *gqlmodel.SearchResult {
	converted := &gqlmodel.SearchResult{
		Version: versionOf(found.Version), Window: windowOf(found.Window), TotalCount: found.Count, Nodes: make([]*gqlmodel.FoundNode, len(found.Nodes)),
	}
	for i, n := range found.Nodes {
		converted.Nodes[i] = &gqlmodel.FoundNode{
			Node: nodeRefOf(n.Identity), Type: n.Identity.Type, Zones: listed(n.Zones),
			BytesOut: scalar.BytesOf(n.BytesOut), BytesIn: scalar.BytesOf(n.BytesIn), Cost: moneyOf(n.Cost, found.Currency),
		}
	}
	return converted
}

// maxBuckets is how many parts a series is summed up into at most.
const maxBuckets = 1440

// bucketed sums a series up into at most so many parts of one length; 0 leaves it
// as it is.
func bucketed(totals []query.MinuteTotal, buckets *int) ([]query.MinuteTotal, error) {
	most := orDefault(buckets, 0)
	if most < 0 || most > maxBuckets {
		return nil, badInput("ask for 0 to "+strconv.Itoa(maxBuckets), "a series of "+strconv.Itoa(most)+" parts")
	}
	if most == 0 || len(totals) <= most {
		return totals, nil
	}
	width := (totals[len(totals)-1].Minute-totals[0].Minute)/model.Minute(most) + 1
	var parts []query.MinuteTotal
	for _, t := range totals {
		start := totals[0].Minute + (t.Minute-totals[0].Minute)/width*width
		if len(parts) == 0 || parts[len(parts)-1].Minute != start {
			parts = append(parts, query.MinuteTotal{Minute: start, Cost: money.Amount{}})
		}
		last := &parts[len(parts)-1]
		last.Bytes += t.Bytes
		var err error
		if last.Cost, err = last.Cost.Add(t.Cost); err != nil {
			return nil, err
		}
	}
	return parts, nil
}
