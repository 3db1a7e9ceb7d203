package api_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// movedInsights is one recommendation: a transfer by NAT goes by an endpoint that is
// added, and that stands by the hour.
type movedInsights struct {
	query.Insights

	made model.Recommendation
}

func (m movedInsights) Recommendation(_ context.Context, id string) (model.Recommendation, bool, error) {
	return m.made, id == m.made.ID, nil
}

func gatewayEndpoint() model.Recommendation {
	nat, endpoint := own().Key, own().Key
	nat.Path, endpoint.Path = model.Path{Kind: model.PathNAT, Via: "nat-a"}, model.Path{Kind: model.PathInterfaceEndpoint}
	return model.Recommendation{
		ID: "r1", Title: "t", Currency: "USD", Minutes: 4320, Bytes: 30, // three days: a tenth of a month
		Before: money.FromNano(5_000_000_000), After: money.FromNano(1_500_000_000), Saving: money.FromNano(3_500_000_000), Monthly: money.FromNano(35_000_000_000),
		Shifts: []model.Shift{
			{Key: nat, Before: model.Carried{Carries: true, Bytes: 20, Cost: money.FromNano(4_000_000_000)}},
			{Key: endpoint, After: model.Carried{Carries: true, Bytes: 20, Cost: money.FromNano(250_000_000)}, Joins: true},
		},
		Rest: model.ShiftSum{Shifts: 2, BytesBefore: 10, BytesAfter: 10, Before: money.FromNano(1_000_000_000)},
	}
}

func whatIf(t *testing.T, made model.Recommendation, id string) map[string]any {
	t.Helper()
	server := api.New(api.Dependencies{
		Explorer: query.New(query.Dependencies{
			Graphs: &doubles.Graphs{}, Series: &doubles.Series{}, Layout: &doubles.Layout{}, Sources: doubles.Sources{},
			Clock: doubles.Clock(doubles.Epoch.Add(time.Hour)), Insights: movedInsights{made: made}, Decisions: &doubles.Decisions{},
		}),
		Committed: &hubDouble{}, Investigator: &chatDouble{}, Log: slog.New(slog.DiscardHandler),
	})
	s := &service{Server: server}
	data := s.must(t, `query ($id: ID!) { whatIf(recommendation: $id) {
		withdrawn edgesKnown recommendation { id state }
		monthlyBefore { amount } monthlyAfter { amount } hoursBefore { amount } hoursAfter { amount }
		shifts { source destination path via joins before { bytes cost { amount } monthly { amount } } after { bytes cost { amount } monthly { amount } } }
		rest { shifts bytesBefore bytesAfter monthlyBefore { amount } monthlyAfter { amount } }
		nodes { id bytesOut x y }
	} }`, map[string]any{"id": id})
	answer, _ := data.Data["whatIf"].(map[string]any)
	return answer
}

// TestWhatIfAddsUp: the shifts of a month, the rest and the hours are the whole, before
// and after.
func TestWhatIfAddsUp(t *testing.T) {
	got := whatIf(t, gatewayEndpoint(), "r1")
	sender, receiver := own().Key.Source.ID(), own().Key.Destination.ID()
	want := `{
		"withdrawn": false, "edgesKnown": true, "recommendation": {"id": "r1", "state": "OPEN"},
		"monthlyBefore": {"amount": "50"}, "monthlyAfter": {"amount": "15"}, "hoursBefore": {"amount": "0"}, "hoursAfter": {"amount": "12.5"},
		"shifts": [
			{"source": "` + sender + `", "destination": "` + receiver + `", "path": "nat", "via": "nat-a", "joins": false,
				"before": {"bytes": 20, "cost": {"amount": "4"}, "monthly": {"amount": "40"}}, "after": null},
			{"source": "` + sender + `", "destination": "` + receiver + `", "path": "interface-endpoint", "via": "", "joins": true,
				"before": null, "after": {"bytes": 20, "cost": {"amount": "0.25"}, "monthly": {"amount": "2.5"}}}
		],
		"rest": {"shifts": 2, "bytesBefore": 10, "bytesAfter": 10, "monthlyBefore": {"amount": "10"}, "monthlyAfter": {"amount": "0"}}
	}`
	var wanted map[string]any
	decoder := json.NewDecoder(strings.NewReader(want))
	decoder.UseNumber()
	if err := decoder.Decode(&wanted); err != nil {
		t.Fatal(err)
	}
	nodes, _ := got["nodes"].([]any)
	if len(nodes) != 2 {
		t.Errorf("%d nodes, want both ends: %v", len(nodes), nodes)
	}
	delete(got, "nodes")
	if !reflect.DeepEqual(got, wanted) {
		t.Errorf("got\n%v\nwant\n%v", got, wanted)
	}
}

// TestWhatIfOfOthers: one that was withdrawn is told so, one from before transfers were
// kept says that they are not known, and one that never was is null.
func TestWhatIfOfOthers(t *testing.T) {
	withdrawn := gatewayEndpoint()
	withdrawn.Withdrawn = true
	if got := whatIf(t, withdrawn, "r1"); got["withdrawn"] != true {
		t.Errorf("withdrawn: %v", got)
	}
	older := gatewayEndpoint()
	older.Shifts, older.Rest = nil, model.ShiftSum{}
	if got := whatIf(t, older, "r1"); got["edgesKnown"] != false || !reflect.DeepEqual(got["hoursAfter"], map[string]any{"amount": "0"}) {
		t.Errorf("from before transfers were kept: %v", got)
	}
	if got := whatIf(t, older, "r2"); got != nil {
		t.Errorf("one that never was: %v, want null", got)
	}
}
