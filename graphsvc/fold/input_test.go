package fold_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// plainDigest is the input digest as its form says, line by line, without a
// thought for its cost.
func plainDigest(minute model.Minute, rows []attribution.ReportedRow) model.Digest {
	sums := map[string]model.FlowRow{}
	for _, r := range rows {
		key := fmt.Sprintf("row\t%q\t%q\t%q", r.Agent.Cluster, r.Agent.Node, r.Row.Local.ID)
		for _, word := range []any{
			r.Row.Local.Kind, r.Row.LocalAddr, r.Row.RemoteAddr, r.Row.VirtualAddr, r.Row.Protocol, r.Row.Role,
			r.Row.WindowStart.UTC().Format(time.RFC3339Nano), r.Row.ServerPort, int64(r.Row.WindowLength),
		} {
			key += fmt.Sprintf("\t%v", word)
		}
		key += fmt.Sprintf("\x00%d", r.Row.VirtualPort)
		sum := sums[key]
		sum.Sent, sum.Received = sum.Sent.Add(r.Row.Sent), sum.Received.Add(r.Row.Received)
		sum.Connections += r.Row.Connections
		sum.RTTMicros = max(sum.RTTMicros, r.Row.RTTMicros)
		sums[key] = sum
	}
	var lines []string
	for key, sum := range sums {
		key, port, _ := strings.Cut(key, "\x00")
		for _, c := range []model.Counts{sum.Sent, sum.Received} {
			key += fmt.Sprintf("\t%d\t%d\t%d\t%d", c.WireBytes, c.PayloadBytes, c.Packets, c.RetransmittedPackets)
		}
		key = fmt.Sprintf("%s\t%d\t%d", key, sum.Connections, sum.RTTMicros)
		if port != "0" {
			key += "\t" + port
		}
		lines = append(lines, key+"\n")
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte("input/1\t" + minute.String() + "\n" + strings.Join(lines, "")))
	return model.Digest(hex.EncodeToString(sum[:]))
}

func TestInputDigestIsThatOfTheSortedLines(t *testing.T) {
	minute := model.MinuteOf(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC))
	rapid.Check(t, func(t *rapid.T) {
		var rows []attribution.ReportedRow
		for range rapid.IntRange(0, 30).Draw(t, "rows") {
			row := attribution.ReportedRow{
				Agent: model.AgentID{Cluster: "lab", Node: rapid.SampledFrom([]string{"a", "a\t", "a\"b", "ab"}).Draw(t, "node")},
				Row:   gen.FlowRow(minute.Start(), minute.End()).Draw(t, "row"),
			}
			if len(rows) > 0 && rapid.Bool().Draw(t, "like the one before") {
				like := rows[len(rows)-1]
				like.Row.Sent, like.Row.Received = row.Row.Sent, row.Row.Received
				like.Row.VirtualPort = rapid.SampledFrom([]uint16{0, 80, 443}).Draw(t, "virtual port")
				row = like
			}
			rows = append(rows, row)
		}
		var none attribution.Coverage
		if got, want := fold.InputDigest(minute, &none, rows), plainDigest(minute, rows); got != want {
			t.Fatalf("digest %s, by the plain way %s", got, want)
		}
	})
}
