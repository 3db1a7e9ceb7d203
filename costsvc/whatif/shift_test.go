package whatif_test

import (
	"testing"

	"github.com/egressor/egressor/costsvc/whatif"
	"github.com/egressor/egressor/internal/model"
)

// TestShiftsByHand: 100 GiB to S3 through NAT of another zone go by the endpoint
// instead, and the nothing that came back with them; what goes by an endpoint that
// is there already joins it, and one that is smaller has two sides.
func TestShiftsByHand(t *testing.T) {
	web, s3 := deployment("web"), service("s3")
	topology := oneDay(t, asked(web, zb, s3, "", natHere, 100*gib, 0))
	shifts := shiftsOf(t, topology, whatif.GatewayEndpoint)
	if len(shifts) != 4 {
		t.Fatalf("%d shifts, want request and answer before and after: %+v", len(shifts), shifts)
	}
	was, is := shifts[0], shifts[2]
	if was.Key.Path != natHere || was.After.Carries || was.Before.Bytes != 100*gib || shown(t, was.Before.Cost) != "6.5000" || was.Joins {
		t.Errorf("before: %+v, want 100 GiB by NAT for 6.50 and nothing after", was)
	}
	if is.Key.Path == natHere || is.Before.Carries || is.After.Bytes != 100*gib || shown(t, is.After.Cost) != "0.0000" || is.Joins {
		t.Errorf("after: %+v, want 100 GiB by the endpoint for nothing, and no edge before", is)
	}
	topology.Days[0].Edges = append(topology.Days[0].Edges, carried(is.Key, gib))
	if again := shiftsOf(t, topology, whatif.GatewayEndpoint); !again[2].Joins || again[2].Before.Carries || again[2].After.Bytes != 100*gib {
		t.Errorf("beside traffic of its own: %+v, want the moved 100 GiB to join it", again[2])
	}
}

func shiftsOf(t *testing.T, topology *whatif.Topology, kind whatif.Kind) []model.Shift {
	t.Helper()
	r := proposalOf(t, topology, kind)
	shifts, err := topology.Shifts(&r.Change)
	if err != nil {
		t.Fatal(err)
	}
	return shifts
}
