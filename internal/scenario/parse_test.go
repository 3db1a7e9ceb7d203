package scenario_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/scenario"
)

// small is a valid scenario; the tests below break or extend it.
const small = `A small one
-- inventory.yaml --
cluster: lab
nodes:
  - {name: node-a, addrs: [10.0.1.10], provider: aws, region: us-east-1, zone: use1-az1}
  - {name: node-b, addrs: [10.0.2.10], provider: aws, region: us-east-1, zone: use1-az2}
pods:
  - {uid: u1, namespace: shop, name: web, node: node-a, addrs: [10.244.1.5], workload: Deployment/web}
  - {uid: u2, namespace: shop, name: api, node: node-b, addrs: [10.244.2.5], workload: Deployment/api}
-- flows.txt --
on 2026-11-23
10:04 shop/web -> shop/api 8080 tcp sent 1MiB received 0
`

// TestErrorsNameTheLine: whatever is wrong, the message names the line of the
// file and what to write instead.
func TestErrorsNameTheLine(t *testing.T) {
	flow := func(line string) string {
		return strings.Replace(small, "10:04 shop/web -> shop/api 8080 tcp sent 1MiB received 0", line, 1)
	}
	for _, test := range []struct{ name, text, want string }{
		{"unknown section", strings.Replace(small, "-- flows.txt --", "-- flow.txt --", 1), `x:10: section "flow.txt" is not known`},
		{"section twice", small + "-- flows.txt --\n", "x:13: section flows.txt is there twice"},
		{"no flows", strings.Split(small, "-- flows.txt")[0], "a scenario needs at least one flow"},
		{"no day", strings.Replace(small, "on 2026-11-23\n", "", 1), "x:11: want the day first"},
		{"bad day", strings.Replace(small, "on 2026-11-23", "on Monday", 1), `x:11: day "Monday"`},
		{"two days", small + "on 2026-11-24\n", "x:13: a scenario has one day"},
		{"misspelt field", strings.Replace(small, "workload: Deployment/api", "wrkload: x", 1), `x:9: `},
		{"bad address", strings.Replace(small, "10.244.2.5", "10.244.2.555", 1), `x:9: `},
		{"pod on no node", strings.Replace(small, "node: node-b", "node: node-z", 1), `node "node-z" is not among the nodes`},
		{"bad time", flow("25:04 shop/web -> shop/api 80 tcp sent 1B received 0"), `x:12: time "25:04"`},
		{"range backwards", flow("10:05..10:04 shop/web -> shop/api 80 tcp sent 1B received 0"), `x:12: range 10:05..10:04`},
		{"no arrow", flow("10:04 shop/web shop/api 80 tcp sent 1B received 0"), "x:12: want TIME LEFT -> RIGHT"},
		{"unknown pod", flow("10:04 shop/wob -> shop/api 80 tcp sent 1B received 0"), `x:12: no pod "shop/wob" lives at 10:04:00`},
		{"unknown end", flow("10:04 shop/web -> s4 80 tcp sent 1B received 0"), `x:12: end "s4"`},
		{"unknown node", flow("10:04 node:node-c -> shop/web 80 tcp sent 1B received 0"), `x:12: node "node-c"`},
		{"bad port", flow("10:04 shop/web -> shop/api 70000 tcp sent 1B received 0"), `x:12: port "70000"`},
		{"bad protocol", flow("10:04 shop/web -> shop/api 80 http sent 1B received 0"), `x:12: protocol "http"`},
		{"size without unit", flow("10:04 shop/web -> shop/api 80 tcp sent 12 received 0"), `x:12: size "12"`},
		{"part of a byte", flow("10:04 shop/web -> shop/api 80 tcp sent 0.1KiB received 0"), "x:12: size \"0.1KiB\" is not a whole number"},
		{"over the minute", flow("10:04:55 shop/web -> shop/api 80 tcp sent 1B received 0"), "x:12: 10:04:55 for 10s crosses the end of its minute"},
		{"unknown option", flow("10:04 shop/web -> shop/api 80 tcp sent 1B received 0 fast"), `x:12: option "fast"`},
		{"option cut short", flow("10:04 shop/web -> shop/api 80 tcp sent 1B received 0 for"), `x:12: option "for" needs 1 more`},
		{"bad opener", flow("10:04 shop/web -> shop/api 80 tcp sent 1B received 0 opener me"), `x:12: option "opener": opener "me"`},
		{"unknown service", flow("10:04 shop/web -> shop/api 80 tcp sent 1B received 0 through a/b"), `service "a/b"`},
		{"nobody reports", flow("10:04 1.1.1.1 -> 2.2.2.2 80 tcp sent 1B received 0"), "x:12: nobody reports this flow"},
		{"silence of whom", flow("10:04 silent node-z"), `x:12: node "node-z"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := scenario.Parse("x", []byte(test.text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v\nwant one with %q", err, test.want)
			}
		})
	}
}

// TestLossTakesTheOtherReport: a node that lost data in the minute is not fully
// covered, so the receiver's report is the truth.
func TestLossTakesTheOtherReport(t *testing.T) {
	text := strings.Replace(small, "received 0", "received 0 other 2MiB 0", 1) + "10:04:10 loss node-a map-full bytes 1MiB for 5s\n"
	sc, err := scenario.Parse("x", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	book, err := sc.LoadBook()
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := sc.Run(book)
	if err != nil {
		t.Fatal(err)
	}
	if got := outcome.Minutes[0].Version.Totals.Sent.WireBytes; got != 2<<20 {
		t.Errorf("bytes = %d, want the receiver's 2 MiB", got)
	}
	if !strings.Contains(outcome.Findings, "lab/node-a lost 1048576 bytes (map-full)") {
		t.Errorf("findings do not name the loss:\n%s", outcome.Findings)
	}
}

// TestBatchesTileTheMinutes: an agent that falls silent starts again as another
// boot, and an idle one sends empty batches.
func TestBatchesTileTheMinutes(t *testing.T) {
	sc, err := scenario.Parse("x", []byte(small+"10:06 shop/web -> shop/api 80 tcp sent 1B received 0\n10:05:20 silent node-a for 10s\n"))
	if err != nil {
		t.Fatal(err)
	}
	type tile struct {
		Boot           string
		Sequence       uint64
		From, To       string
		Flows, FactsOf int
	}
	var got []tile
	for _, b := range sc.Batches() {
		if b.Mode != model.CaptureImport {
			t.Errorf("mode = %s, want import", b.Mode)
		}
		if b.Agent.Node == "node-a" {
			got = append(got, tile{b.Boot, b.Sequence, b.CoveredFrom.Format("15:04:05"), b.CoveredThrough.Format("15:04:05"), len(b.Flows), len(b.Facts)})
		}
	}
	want := []tile{
		{"scenario-1", 1, "10:04:00", "10:05:00", 1, 4},
		{"scenario-1", 2, "10:05:00", "10:05:20", 0, 0},
		{"scenario-2", 1, "10:05:30", "10:06:00", 0, 0},
		{"scenario-2", 2, "10:06:00", "10:07:00", 1, 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("batches of node-a (-want +got):\n%s", diff)
	}
}

// FuzzParse: any text is a scenario or an error that names the file.
func FuzzParse(f *testing.F) {
	for _, path := range []string{"01-cross-zone-http", "08-address-reuse", "10-unknown-end"} {
		data, err := os.ReadFile("../../docs/scenarios/" + path + ".txtar")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add(small + "10:04 loss node-a map-full bytes 1MiB\n10:04 silent node-b for 3s\n")
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sc, err := scenario.Parse("x.txtar", []byte(text))
		if err != nil {
			if !strings.Contains(err.Error(), "x.txtar") {
				t.Fatalf("error %q does not name the file", err)
			}
			return
		}
		minutes, err := scenario.Compute(sc.Facts, sc.Batches(), book)
		if err == nil && len(minutes) > 24*60 {
			t.Fatalf("%d minutes of one day", len(minutes))
		}
	})
}
