package flowfile

import (
	"math/bits"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// splitMinutes cuts a window at minutes and shares its counts out by time. The
// parts add up to the whole exactly.
func splitMinutes(row model.FlowRow) []model.FlowRow {
	whole := uint64(row.WindowLength)
	end := row.WindowStart.Add(row.WindowLength)
	var parts []model.FlowRow
	var before time.Duration
	for at := row.WindowStart; at.Before(end); {
		part := row
		part.WindowStart = at
		part.WindowLength = min(model.MinuteOf(at).End().Sub(at), end.Sub(at))
		from, to := uint64(before), uint64(before+part.WindowLength)
		share := func(n uint64) uint64 { return scaled(n, to, whole) - scaled(n, from, whole) }
		part.Sent, part.Received = counts(row.Sent, share), counts(row.Received, share)
		if before > 0 {
			part.Connections = 0 // first seen in the first part
		}
		parts = append(parts, part)
		before += part.WindowLength
		at = at.Add(part.WindowLength)
	}
	return parts
}

func counts(c model.Counts, share func(uint64) uint64) model.Counts {
	return model.Counts{
		WireBytes: share(c.WireBytes), PayloadBytes: share(c.PayloadBytes), Packets: share(c.Packets), RetransmittedPackets: share(c.RetransmittedPackets),
	}
}

// scaled is n times part divided by whole, rounded down; part is at most whole.
func scaled(n, part, whole uint64) uint64 {
	hi, lo := bits.Mul64(n, part)
	quotient, _ := bits.Div64(hi, lo, whole)
	return quotient
}

// rowKey is what rows of one minute have in common that are one row of an
// agent's: ephemeral ports are folded away.
type rowKey struct {
	minute model.Minute
	row    model.FlowRow // without its counts and its window
}

func keyOf(row model.FlowRow) rowKey {
	key := rowKey{minute: row.Minute(), row: row}
	key.row.Sent, key.row.Received = model.Counts{}, model.Counts{}
	key.row.WindowStart, key.row.WindowLength, key.row.Connections, key.row.RTTMicros = time.Time{}, 0, 0, 0
	return key
}

// merged adds rows up that differ in nothing but counts and windows.
func merged(rows []model.FlowRow) []model.FlowRow {
	at := map[rowKey]int{}
	var sums []model.FlowRow
	for _, row := range rows {
		key := keyOf(row)
		n, known := at[key]
		if !known {
			at[key] = len(sums)
			sums = append(sums, row)
			continue
		}
		sum := &sums[n]
		end := latest(sum.WindowStart.Add(sum.WindowLength), row.WindowStart.Add(row.WindowLength))
		if row.WindowStart.Before(sum.WindowStart) {
			sum.WindowStart = row.WindowStart
		}
		sum.WindowLength = end.Sub(sum.WindowStart)
		sum.Sent, sum.Received = sum.Sent.Add(row.Sent), sum.Received.Add(row.Received)
		sum.Connections += row.Connections
		sum.RTTMicros = max(sum.RTTMicros, row.RTTMicros)
	}
	return sums
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
