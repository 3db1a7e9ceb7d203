package fold

import (
	"bytes"
	"cmp"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// The lines of a minute's rows are in order of their text. A line begins with who
// reported it, in quotes, which end themselves: ordering the few reporters, and
// the rows of each, orders all lines at a fraction of the cost.

// reporter is one local end as one agent saw it.
type reporter struct {
	agent model.AgentID
	local string
}

// reported are one reporter's rows.
type reported struct {
	head string // how its lines begin
	rows []*model.FlowRow
}

// byReporter parts rows by who reported them, in order of their lines.
func byReporter(rows []attribution.ReportedRow) []reported {
	at := map[reporter]int{}
	var all []reported
	for i := range rows {
		key := reporter{rows[i].Agent, rows[i].Row.Local.ID}
		number, known := at[key]
		if !known {
			number = len(all)
			at[key] = number
			all = append(all, reported{head: headOf(key)})
		}
		all[number].rows = append(all[number].rows, &rows[i].Row)
	}
	slices.SortFunc(all, func(a, b reported) int { return strings.Compare(a.head, b.head) })
	return all
}

func headOf(key reporter) string {
	head := []byte("row")
	for _, name := range []string{key.agent.Cluster, key.agent.Node, key.local} {
		head = strconv.AppendQuote(append(head, '\t'), name)
	}
	return string(head)
}

// rowWriter writes lines and keeps its memory from one reporter to the next.
type rowWriter struct {
	texts  []byte // what is equal in rows that are added up, of all rows in a row
	parts  []part
	tails  []string
	result []byte
	// start and text are the window written last: neighbours tend to agree.
	start time.Time
	text  []byte
}

// part is one row's text, and its counts.
type part struct {
	from, to int // of texts
	row      *model.FlowRow
}

// lines are the lines of one reporter, valid until the next call.
func (w *rowWriter) lines(of reported) []byte {
	w.texts, w.parts, w.result = w.texts[:0], w.parts[:0], w.result[:0]
	for _, row := range of.rows {
		from := len(w.texts)
		w.texts = w.appendKey(w.texts, row)
		w.parts = append(w.parts, part{from, len(w.texts), row})
	}
	key := func(p part) []byte { return w.texts[p.from:p.to] }
	slices.SortFunc(w.parts, func(a, b part) int {
		return cmp.Or(bytes.Compare(key(a), key(b)), cmp.Compare(a.row.VirtualPort, b.row.VirtualPort))
	})
	for i := 0; i < len(w.parts); {
		first := w.parts[i]
		tails := w.tails[:0]
		for i < len(w.parts) && bytes.Equal(key(w.parts[i]), key(first)) {
			sum := *w.parts[i].row
			for i++; i < len(w.parts) && bytes.Equal(key(w.parts[i]), key(first)) && w.parts[i].row.VirtualPort == sum.VirtualPort; i++ {
				sum = addRow(sum, w.parts[i].row)
			}
			tails = append(tails, tailOf(&sum))
		}
		slices.Sort(tails) // the port that was dialled stands behind the counts
		for _, tail := range tails {
			w.result = append(append(append(w.result, of.head...), key(first)...), tail...)
		}
		w.tails = tails
	}
	return w.result
}

// tailOf is how a line ends: the counts and, where there was one, the virtual
// port, which came later: a row without it has the text that it had.
func tailOf(sum *model.FlowRow) string {
	tail := make([]byte, 0, 96)
	tail = appendCounts(tail, sum.Sent)
	tail = appendCounts(tail, sum.Received)
	tail = appendNumber(tail, uint64(sum.Connections))
	tail = appendNumber(tail, uint64(sum.RTTMicros))
	if sum.VirtualPort != 0 {
		tail = appendNumber(tail, uint64(sum.VirtualPort))
	}
	return string(append(tail, '\n'))
}

// appendKey writes everything of a row behind its reporter but the counts.
func (w *rowWriter) appendKey(text []byte, row *model.FlowRow) []byte {
	text = append(append(text, '\t'), row.Local.Kind.String()...)
	for _, addr := range []netip.Addr{row.LocalAddr, row.RemoteAddr, row.VirtualAddr} {
		text = append(text, '\t')
		if addr.IsValid() {
			text = addr.AppendTo(text)
		} else {
			text = append(text, addr.String()...)
		}
	}
	text = append(append(text, '\t'), row.Protocol.String()...)
	text = append(append(text, '\t'), row.Role.String()...)
	if w.text == nil || !row.WindowStart.Equal(w.start) {
		w.start, w.text = row.WindowStart, row.WindowStart.UTC().AppendFormat(w.text[:0], time.RFC3339Nano)
	}
	text = append(append(text, '\t'), w.text...)
	text = appendNumber(text, uint64(row.ServerPort))
	return appendNumber(text, uint64(row.WindowLength))
}

func addRow(sum model.FlowRow, row *model.FlowRow) model.FlowRow {
	sum.Sent = sum.Sent.Add(row.Sent)
	sum.Received = sum.Received.Add(row.Received)
	sum.Connections += row.Connections
	sum.RTTMicros = max(sum.RTTMicros, row.RTTMicros)
	return sum
}
