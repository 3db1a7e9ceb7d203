package flowstore_test

import (
	"testing"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestInsightReads: sums are of the newest version of each minute, charges by
// code, and an hour pads the minutes in which a flow carried nothing with zeros.
func TestInsightReads(t *testing.T) {
	store := openStore(t)
	const least = 3
	from := minute - minute%60
	writeVersion(t, store, 1, from, map[string]uint64{"cart": 1})
	writeVersion(t, store, 2, from+1, map[string]uint64{"cart": 100})
	writeVersion(t, store, 3, from+2, map[string]uint64{"catalog": 40})
	newest := writeVersion(t, store, 4, from, map[string]uint64{"cart": 300})
	window := flowstore.Window{From: from, To: from + 3, Version: 4}
	sums, err := store.Sums(t.Context(), window)
	if err != nil {
		t.Fatal(err)
	}
	got := map[model.EdgeID]uint64{}
	for _, sum := range sums {
		got[sum.ID] = sum.Sent.WireBytes
		if sum.Cost != money.FromNano(int64(sum.Sent.WireBytes)) {
			t.Errorf("edge %s: %d bytes cost %s", sum.ID, sum.Sent.WireBytes, sum.Cost)
		}
	}
	cart, catalog := edgeTo("cart"), edgeTo("catalog")
	if len(got) != 2 || got[cart.ID()] != 400 || got[catalog.ID()] != 40 {
		t.Errorf("sums %v", got)
	}
	charges, err := store.ChargeSums(t.Context(), newest)
	if err != nil || len(charges) != 1 || charges[0].Bytes != 300 || charges[0].Code != "C" {
		t.Errorf("charges %+v, %v", charges, err)
	}
	hours := map[string]flowstore.FlowHour{}
	err = store.Hours(t.Context(), window, least, func(h flowstore.FlowHour) error {
		hours[h.Destination] = h
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if h := hours[cart.Destination.ID()]; h.Start != from || h.Bytes != [5]float32{100, 0, 300, 0, 400.0 / 3} || h.Cost != h.Bytes {
		t.Errorf("cart's hour %+v: want median 100, quartiles 0 and 300, third largest 0, mean 400/3", h)
	}
	if h := hours[catalog.Destination.ID()]; h.Bytes != [5]float32{0, 0, 40, 0, 40.0 / 3} {
		t.Errorf("catalog's hour %+v", h)
	}
}
