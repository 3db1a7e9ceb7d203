package graphstore_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// An incident pins the version that it was explained in, the hour before it and
// its minutes; explained again, it pins the newer version instead; and when it is
// gone, so is its pin.
func TestAnIncidentPinsWhatItCites(t *testing.T) {
	s, db := store(t)
	chain := &chain{}
	for number := range 4 {
		at := dayStart + hour + model.Minute(number)
		if err := s.Publish(t.Context(), chain.next(at, edge(at, workload("web"), workload("cart"), 10))); err != nil {
			t.Fatal(err)
		}
	}
	save := func(id string, version uint64) {
		t.Helper()
		i := incident(id, dayStart+hour+1)
		i.Version = version
		if err := s.SaveIncident(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	save("i1", 3)
	save("i1", 4)
	save("of a version that is not here", 99)
	want := graphstore.Pin{Version: 4, From: dayStart + 1, To: dayStart + hour + 4, By: "incident i1"}
	if pins, err := s.Pins(t.Context()); err != nil || len(pins) != 1 || pins[0] != want {
		t.Fatalf("pinned is %+v (%v), want %+v", pins, err, want)
	}
	if released, err := s.ReleasePins(t.Context()); err != nil || len(released) != 0 {
		t.Fatalf("%v were let go of (%v), want none", released, err)
	}
	if err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(t.Context(), "MATCH (i:Incident {id: 'i1'}) DETACH DELETE i", nil)
	}); err != nil {
		t.Fatal(err)
	}
	if released, err := s.ReleasePins(t.Context()); err != nil || len(released) != 1 || released[0] != want.By {
		t.Errorf("%v were let go of (%v), want the pin of the incident that is gone", released, err)
	}
}

func TestPinsAreBounded(t *testing.T) {
	s, _ := store(t)
	chain := &chain{}
	if err := s.Publish(t.Context(), chain.next(dayStart, edge(dayStart, workload("web"), workload("cart"), 10))); err != nil {
		t.Fatal(err)
	}
	for i := range graphstore.MostPins + 2 {
		pin := graphstore.Pin{Version: 1, From: dayStart + model.Minute(i), To: dayStart + model.Minute(i) + 1, By: "ticket " + strconv.Itoa(i)}
		if err := s.Pin(t.Context(), pin); err != nil {
			t.Fatal(err)
		}
	}
	released, err := s.ReleasePins(t.Context())
	if err != nil || len(released) != 2 || strings.Join(released, ", ") != "ticket 1, ticket 0" {
		t.Errorf("%v were let go of (%v), want those of the two oldest minutes", released, err)
	}
	for what, pin := range map[string]graphstore.Pin{
		"has no version 7": {Version: 7, From: 1, To: 2, By: "x"},
		"say who":          {Version: 1, From: 1, To: 2},
		"a pin holds 1 to": {Version: 1, From: 1, To: 2 + graphstore.MostPinned, By: "x"},
	} {
		if err := s.Pin(t.Context(), pin); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%+v: error %v, want %q", pin, err, what)
		}
	}
}
