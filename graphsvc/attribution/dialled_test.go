package attribution_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// TestWhatIsBehindADialledAddress: web on node a dials node b's port 30080. What
// the servers' agent says of the translation is proof, and no byte is given to a
// server that no server accounts for.
func TestWhatIsBehindADialledAddress(t *testing.T) {
	const web, api, nodeB = "w/lab/shop/Deployment/of-web", "w/lab/shop/Deployment/of-api", "n/lab/b"
	client := func(wire, payload uint64) attribution.ReportedRow {
		r := row("a", pod("web"), "10.244.1.5", "10.0.0.11")
		r.Row.ServerPort, r.Row.Sent, r.Row.Received = 30080, model.Counts{WireBytes: wire, PayloadBytes: payload}, model.Counts{}
		return r
	}
	server := func(uid, addr string, virtualPort uint16, wire, payload uint64) attribution.ReportedRow {
		r := row("b", pod(uid), addr, "10.244.1.5")
		r.Row.Role, r.Row.VirtualAddr, r.Row.VirtualPort = model.RoleServer, addrs("10.0.0.11")[0], virtualPort
		r.Row.Sent, r.Row.Received = model.Counts{}, model.Counts{WireBytes: wire, PayloadBytes: payload}
		return r
	}
	facts := append(cluster(), podFact("api2", "b", model.Period{}, "10.244.2.6"))
	for _, test := range []struct {
		name   string
		rows   []attribution.ReportedRow
		want   map[string]uint64
		joined uint64
	}{
		{"one server: the sender's count on the true pair", []attribution.ReportedRow{client(1050, 900), server("api", "10.244.2.5", 30080, 1000, 900)},
			map[string]uint64{web + " " + api + " 443": 1050}, 0},
		{"two servers: each by its own report", []attribution.ReportedRow{client(1050, 900), server("api", "10.244.2.5", 30080, 400, 350), server("api2", "10.244.2.6", 30080, 600, 550)},
			map[string]uint64{web + " " + api + " 443": 400, web + " w/lab/shop/Deployment/of-api2 443": 600}, 1050},
		{"the rest went to servers that nobody told of", []attribution.ReportedRow{client(1050, 900), server("api", "10.244.2.5", 30080, 400, 350)},
			map[string]uint64{web + " " + api + " 443": 400, web + " " + nodeB + " 30080": 650}, 400},
		{"another port of the node is another matter", []attribution.ReportedRow{client(1050, 900), server("api", "10.244.2.5", 30081, 400, 350)},
			map[string]uint64{web + " " + api + " 443": 400, web + " " + nodeB + " 30080": 1050}, 0},
		{"no word of a translation", []attribution.ReportedRow{client(1050, 900)},
			map[string]uint64{web + " " + nodeB + " 30080": 1050}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			flows, check := attribute(t, facts, []string{"a", "b"}, test.rows...)
			got := map[string]uint64{}
			for _, f := range flows {
				got[fmt.Sprintf("%s %s %d", f.Key.Source.ID(), f.Key.Destination.ID(), f.Key.ServerPort)] += f.Sent.WireBytes
			}
			if diff := cmp.Diff(test.want, got); diff != "" || check.JoinedBytes != test.joined {
				t.Errorf("joined %d, want %d; edges (-want +got):\n%s", check.JoinedBytes, test.joined, diff)
			}
		})
	}
}
