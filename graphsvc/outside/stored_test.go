package outside_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/outside"
	"github.com/egressor/egressor/graphsvc/ranges"
	"github.com/egressor/egressor/graphsvc/ranges/published"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
)

// TestNamesAreStoredWithTheBatch: a new store, a batch, and the minute's facts name
// what it saw, by the ranges of the build.
func TestNamesAreStoredWithTheBatch(t *testing.T) {
	db := clickhousetest.Migrated(t)
	table, err := published.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	facts := flowstore.New(db)
	r := recorder(t, facts, ranges.Named{Table: table}, start)
	batch := sight(start, "52.216.0.9", "192.0.2.7", "10.1.2.3")
	batch.BatchKey = model.BatchKey{Agent: model.AgentID{Cluster: "shop", Node: "a"}, Boot: "b", Sequence: 1}
	batch.CoveredFrom, batch.CoveredThrough = start, start.Add(10*time.Second)
	for i := range batch.Flows {
		batch.Flows[i].LocalAddr, batch.Flows[i].WindowLength = netip.MustParseAddr("10.0.0.1"), 10*time.Second
	}
	if err := r.Append(t.Context(), batch, "digest", start); err != nil {
		t.Fatal(err)
	}
	held, _, err := facts.Facts(t.Context(), start, start.Add(time.Minute), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]string{}
	for _, fact := range held {
		named[fact.Endpoint.Class+"/"+fact.Endpoint.Place.Region] = fact.Endpoint.CIDRs[0].String()
	}
	if len(held) != 2 || named["s3/us-east-1"] != "52.216.0.0/15" || named["internet/"] != "0.0.0.0/0" {
		t.Errorf("facts %v", named)
	}
}

var _ outside.Store = (*flowstore.Store)(nil)
