package flowfile_test

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/flowfile"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
)

func readOTLP(t *testing.T, text string) *flowfile.Capture {
	t.Helper()
	c := flowfile.NewCapture()
	if err := c.ReadOTLP(strings.NewReader(text), "cluster"); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestOTLP: what OBI exports (cumulative counters of bytes and packets, one that began
// anew, one by owners alone), what Beyla does as deltas, and what NetObserv logs.
func TestOTLP(t *testing.T) {
	files, err := filepath.Glob("testdata/otlp-*.json*")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		testkit.Golden(t, strings.TrimSuffix(file, filepath.Ext(file))+".golden", printed(readOTLP(t, string(text))))
	}
}

// printed is a capture, a row a line.
func printed(c *flowfile.Capture) []byte {
	var out bytes.Buffer
	for _, agent := range slices.SortedFunc(maps.Keys(c.Reports), func(a, b model.AgentID) int { return cmp.Compare(a.String(), b.String()) }) {
		report := c.Reports[agent]
		fmt.Fprintf(&out, "%s covered %s to %s\n", agent, report.Covered[0].From.Format("15:04:05"), report.Covered[0].To.Format("15:04:05"))
		for _, row := range report.Rows {
			fmt.Fprintf(&out, "  %s +%s %s %s -> %s:%d %s sent %d B %d packets, received %d B %d packets\n", row.WindowStart.Format("15:04:05"), row.WindowLength, row.Protocol,
				row.LocalAddr, row.RemoteAddr, row.ServerPort, row.Role, row.Sent.WireBytes, row.Sent.Packets, row.Received.WireBytes, row.Received.Packets)
		}
	}
	for _, why := range slices.Sorted(maps.Keys(c.LeftOut)) {
		fmt.Fprintf(&out, "left out: %d of %s\n", c.LeftOut[why], why)
	}
	return out.Bytes()
}

// metricOf is an export of one data point.
func metricOf(point string) string {
	return `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"obi.network.flow.bytes","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[` + point + `]}}]}]}]}`
}

func attribute(name, value string) string {
	return fmt.Sprintf(`{"key":%q,"value":{"stringValue":%q}}`, name, value)
}

func pointOf(value, end string, attributes ...string) string {
	return fmt.Sprintf(`{"startTimeUnixNano":"1795428000000000000","timeUnixNano":%q,%s,"attributes":[%s]}`, end, value, strings.Join(attributes, ","))
}

// TestWhatIsNoOTLPIsNamed: with the export it stands in.
func TestWhatIsNoOTLPIsNamed(t *testing.T) {
	const one, minute = `"asInt":"1"`, "1795428060000000000"
	whole := []string{attribute("src.address", "10.0.0.1"), attribute("dst.address", "10.0.0.2"), attribute("transport", "UDP"), attribute("iface.direction", "egress"), attribute("host.name", "n")}
	with := func(name, value string) []string {
		return append(slices.Clone(whole), attribute(name, value))
	}
	good := metricOf(pointOf(one, minute, whole...))
	if c := readOTLP(t, good+good); c.Rows() != 1 || c.Reports[model.AgentID{Cluster: "cluster", Node: "n"}].Rows[0].Sent.WireBytes != 2 {
		t.Errorf("%s", printed(c))
	}
	for text, want := range map[string]string{
		good + "\n{":                  "export 2: unexpected EOF",
		good + `{"resourceSpans":[]}`: "export 2: neither resourceMetrics nor resourceLogs",
		`{"resourceMetrics":{}}`:      "export 1: no OTLP",
		`[]`:                          "export 1: json",
		metricOf(pointOf(`"asInt":"-1"`, minute, whole...)):                                                       "metric obi.network.flow.bytes: data point 1: ",
		metricOf(pointOf(`"asDouble":1.5`, minute, whole...)):                                                     "is no count",
		metricOf(pointOf(one, "1895428060000000000", whole...)):                                                   "is no time in which flows are counted",
		metricOf(pointOf(one, minute, with("src.address", "web")...)):                                             `source "web" is no address`,
		metricOf(pointOf(one, minute, with("dst.port", "70000")...)):                                              `port "70000" is none`,
		metricOf(pointOf(one, minute, with("transport", "carrier pigeon")...)):                                    "carrier pigeon",
		strings.Replace(good, `"isMonotonic":true`, `"isMonotonic":false`, 1):                                     "it is no counter",
		strings.Replace(good, `"aggregationTemporality":1`, `"x":1`, 1):                                           "it has no aggregation temporality",
		`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[` + attribute("bytes", "many") + `]}]}]}]}`: `log record 1: bytes "many" is no whole number`,
	} {
		c := flowfile.NewCapture()
		if err := c.ReadOTLP(strings.NewReader(text), "c"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\n%v, want %q", text, err, want)
		}
	}
	for _, missing := range []int{0, 1, 2, 3, 4} {
		some := slices.Delete(slices.Clone(whole), missing, missing+1)
		if c := readOTLP(t, metricOf(pointOf(one, minute, some...))); c.Rows() != 0 || len(c.LeftOut) != 1 {
			t.Errorf("without %s: %s", whole[missing], printed(c))
		}
	}
}

// TestTimesFarApart: rows of other centuries are not the time between them.
func TestTimesFarApart(t *testing.T) {
	c := flowfile.NewCapture()
	const row = `{"cluster":"c","node":"n","windowStart":"%s-01-01T00:00:00Z","windowSeconds":60,"remoteAddress":"10.0.0.1","protocol":"tcp"}`
	text := fmt.Sprintf(row, "1971") + fmt.Sprintf(row, "2026") + fmt.Sprintf(row, "1971")
	if err := c.ReadNDJSON(strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if batches := c.Batches("f"); len(batches) != 2 || len(batches[0].Flows) != 2 || batches[0].Boot == batches[1].Boot {
		t.Errorf("%+v", batches)
	}
}

// FuzzOTLP: whatever a file holds is an error or a capture that batches can be made of.
func FuzzOTLP(f *testing.F) {
	for _, file := range []string{"testdata/otlp-metrics.jsonl", "testdata/otlp-logs.json"} {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c := flowfile.NewCapture()
		if err := c.ReadOTLP(bytes.NewReader(text), "c"); err != nil {
			return
		}
		rows := 0
		for _, batch := range c.Batches("f") {
			rows += len(batch.Flows)
		}
		if rows != c.Rows() {
			t.Errorf("%d rows in batches of %d", rows, c.Rows())
		}
	})
}
