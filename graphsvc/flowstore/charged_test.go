package flowstore_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
)

// chargedBy adds the charges up by bucket and edge.
func chargedBy(t *testing.T, store *flowstore.Store, w flowstore.Window, bucket model.Minute) map[model.Minute]map[model.EdgeID]uint64 {
	t.Helper()
	charged, err := store.Charged(t.Context(), w, bucket)
	if err != nil {
		t.Fatal(err)
	}
	sums := map[model.Minute]map[model.EdgeID]uint64{}
	for _, c := range charged {
		if sums[c.From] == nil {
			sums[c.From] = map[model.EdgeID]uint64{}
		}
		sums[c.From][c.Line.Edge] += c.Line.Bytes
	}
	return sums
}

func TestChargesAreAsOfTheirVersionAndInTheirBucket(t *testing.T) {
	store := openStore(t)
	hour := minute - minute%60
	cart, catalog := edgeTo("cart").ID(), edgeTo("catalog").ID()
	writeVersion(t, store, 1, hour+58, map[string]uint64{"cart": 100, "catalog": 40})
	writeVersion(t, store, 2, hour+59, map[string]uint64{"cart": 7})
	writeVersion(t, store, 3, hour+60, map[string]uint64{"cart": 1})
	writeVersion(t, store, 4, hour+58, map[string]uint64{"cart": 110}) // catalog's bytes are gone
	window := func(version uint64) flowstore.Window {
		return flowstore.Window{From: hour + 58, To: hour + 61, Version: version}
	}
	for name, test := range map[string]struct {
		window flowstore.Window
		bucket model.Minute
		want   map[model.Minute]map[model.EdgeID]uint64
	}{
		"everything as of 3": {window(3), 0, map[model.Minute]map[model.EdgeID]uint64{hour + 58: {cart: 108, catalog: 40}}},
		"everything as of 4": {window(4), 0, map[model.Minute]map[model.EdgeID]uint64{hour + 58: {cart: 118}}},
		"by hour as of 4":    {window(4), 60, map[model.Minute]map[model.EdgeID]uint64{hour + 58: {cart: 117}, hour + 60: {cart: 1}}},
	} {
		if diff := cmp.Diff(test.want, chargedBy(t, store, test.window, test.bucket)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	keys, err := store.Keys(t.Context(), []model.EdgeID{cart, catalog, cart})
	if err != nil || len(keys) != 2 || *keys[cart] != edgeTo("cart") {
		t.Errorf("keys %v, %v", keys, err)
	}
	if _, err := store.Keys(t.Context(), []model.EdgeID{1}); err == nil {
		t.Error("an edge that no table knows stands for something")
	}
	if currencies, err := store.Currencies(t.Context(), window(4)); err != nil || len(currencies) != 1 || currencies[0] != "USD" {
		t.Errorf("currencies %v, %v", currencies, err)
	}
	if used, err := store.Used(t.Context(), window(4), 60); err != nil || len(used) != 0 {
		t.Errorf("what goes through no gateway is used: %v, %v", used, err)
	}
}
