package flowfile_test

import (
	"net/netip"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/flowfile"
	"github.com/egressor/egressor/internal/model"
)

func readVPC(t *testing.T, text string) *flowfile.Capture {
	t.Helper()
	c := flowfile.NewCapture()
	if err := c.ReadVPC(strings.NewReader(text), "prod"); err != nil {
		t.Fatal(err)
	}
	return c
}

func agent(node string) model.AgentID { return model.AgentID{Cluster: "prod", Node: node} }

// TestVersion2 is the example records of the VPC user guide ("Flow log record
// examples": accepted, rejected, no data, skipped, IPv6).
func TestVersion2(t *testing.T) {
	text, err := os.ReadFile("testdata/vpc-v2.log")
	if err != nil {
		t.Fatal(err)
	}
	c := readVPC(t, string(text))
	ssh := c.Reports[agent("eni-1235b8ca123456789")]
	var bytes, packets uint64
	for _, row := range ssh.Rows {
		bytes, packets = bytes+row.Sent.WireBytes+row.Received.WireBytes, packets+row.Sent.Packets+row.Received.Packets
		if row.ServerPort != 22 {
			t.Errorf("the server's port of %+v", row)
		}
	}
	if bytes != 4249+8855 || packets != 20+54 || len(ssh.Covered) != 3 {
		t.Errorf("%d bytes, %d packets, covered %v", bytes, packets, ssh.Covered)
	}
	skipped := c.Reports[agent("eni-11111111aaaaaaaaa")]
	if len(skipped.Losses) != 1 || skipped.Losses[0].Reason != model.LossSampled || skipped.Losses[0].BytesKnown {
		t.Errorf("skipped data is a loss of unknown size: %+v", skipped.Losses)
	}
	for why, n := range c.LeftOut {
		if !strings.Contains(why, "rejected") || n != 1 {
			t.Errorf("%d %s", n, why)
		}
	}
}

// TestVersion3 is the guide's TCP flag sequence: a client outside opens two
// connections to port 5001 of the interface's instance.
func TestVersion3(t *testing.T) {
	text, err := os.ReadFile("testdata/vpc-v3.log")
	if err != nil {
		t.Fatal(err)
	}
	report := readVPC(t, string(text)).Reports[agent("eni-1235b8ca123456789")]
	var sent, received uint64
	connections := uint32(0)
	for _, row := range report.Rows {
		sent, received, connections = sent+row.Sent.WireBytes, received+row.Received.WireBytes, connections+row.Connections
		if row.ServerPort != 5001 || row.LocalAddr != netip.MustParseAddr("10.0.0.62") || row.RemoteAddr != netip.MustParseAddr("52.213.180.42") {
			t.Errorf("row %+v", row)
		}
	}
	if sent != 376+632+63388 || received != 568+100701+23294588 || len(report.Rows) > 8 {
		t.Errorf("sent %d, received %d in %d rows", sent, received, len(report.Rows))
	}
	if first := report.Rows[0]; first.Role != model.RoleServer {
		t.Errorf("the interface accepted: %+v", first)
	}
	if connections != 2 {
		t.Errorf("%d connections", connections)
	}
}

// TestBetween: a NAT gateway's interface repeats what the ends report.
func TestBetween(t *testing.T) {
	c := readVPC(t, `interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport dstport protocol packets bytes start end
eni-nat 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5 40000 443 6 1 100 1700000000 1700000059
eni-nat 10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5 40000 443 6 1 100 1700000000 1700000059
eni-web 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5 40000 443 6 1 100 1700000000 1700000059`)
	if len(c.Reports) != 1 || c.Rows() == 0 || c.Reports[agent("eni-web")] == nil {
		t.Errorf("%+v", c.Reports)
	}
	if row := c.Reports[agent("eni-web")].Rows[0]; row.Role != model.RoleClient || row.LocalAddr.String() != "10.0.1.5" {
		t.Errorf("%+v", row)
	}
}

// TestWhatIsWrongIsNamed: each line that is no record, with its number.
func TestWhatIsWrongIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"2 1 eni-1 10.0.0.1": "line 1: 4 fields, want 14",
		"version srcaddr":    "line 1: the flow log has no field interface-id",
		"2 1 eni-1 x 10.0.0.2 1 2 6 1 1 1700000000 1700000001 ACCEPT OK":              `line 1: srcaddr "x" is no address`,
		"\n2 1 eni-1 10.0.0.1 10.0.0.2 1 70000 6 1 1 1700000000 1700000001 ACCEPT OK": "line 2: ports 1 and 70000",
		"2 1 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 many 1700000000 1700000001 ACCEPT OK":    `line 1: bytes "many" is no whole number`,
		"2 1 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 1 1700000000 1800000001 ACCEPT OK":       "is no aggregation interval",
	} {
		if err := flowfile.NewCapture().ReadVPC(strings.NewReader(text), "prod"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		`{"cluster":"a"}`: "line 1: cluster and node", `{"colour":1}`: `unknown field "colour"`, "{}\n": "line 1",
		`{"cluster":"a","node":"b","windowStart":"2026-11-23T10:00:00Z","windowSeconds":10,"remoteAddress":"10.0.0.1","protocol":"tcp","role":"boss"}`: `role "boss"`,
		`{"cluster":"a","node":"b","windowStart":"2026-11-23T10:00:00Z","windowSeconds":-1,"remoteAddress":"10.0.0.1","protocol":"tcp"}`:               "windowSeconds -1",
	} {
		if err := flowfile.NewCapture().ReadNDJSON(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestNothingIsLostOnTheWay: whatever the intervals, every byte is in a batch that
// the service takes, and the same file gives the same batches.
func TestNothingIsLostOnTheWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		var want, packets uint64
		const begin = 1_700_000_000
		for range rapid.IntRange(1, 30).Draw(t, "records") {
			from := begin + rapid.IntRange(0, 4000).Draw(t, "from")
			bytes := rapid.Uint64Range(0, 1<<50).Draw(t, "bytes")
			want, packets = want+bytes, packets+bytes%97
			line := []string{
				"2", "1", rapid.SampledFrom([]string{"eni-1", "eni-2"}).Draw(t, "interface"), "10.0.0." + rapid.StringMatching("[1-3]").Draw(t, "source"), "10.0.1." + rapid.StringMatching("[1-3]").Draw(t, "dest"),
				rapid.SampledFrom([]string{"443", "50000", "0"}).Draw(t, "port"), rapid.SampledFrom([]string{"443", "50001", "0"}).Draw(t, "port 2"), "6", itoa(bytes % 97), itoa(bytes),
				itoa(uint64(from)), itoa(uint64(from + rapid.IntRange(0, 700).Draw(t, "long"))), "ACCEPT", "OK",
			}
			text.WriteString(strings.Join(line, " ") + "\n")
		}
		read := func() []model.Batch {
			c := flowfile.NewCapture()
			if err := c.ReadVPC(strings.NewReader(text.String()), "prod"); err != nil {
				t.Fatal(err)
			}
			return c.Batches("file")
		}
		var got, gotPackets uint64
		seen := map[model.BatchKey]bool{}
		for _, b := range read() {
			if err := ingest.Check(b, time.Unix(begin+10_000, 0), time.Hour); err != nil {
				t.Fatal(err)
			}
			if seen[b.BatchKey] {
				t.Fatalf("%v twice", b.BatchKey)
			}
			seen[b.BatchKey] = true
			for _, row := range b.Flows {
				got, gotPackets = got+row.Sent.WireBytes+row.Received.WireBytes, gotPackets+row.Sent.Packets+row.Received.Packets
			}
		}
		if got != want || gotPackets != packets {
			t.Fatalf("%d bytes and %d packets of %d and %d", got, gotPackets, want, packets)
		}
	})
}

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }
