package flowstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// The spans that charges are added up over once they are over, longest first. A
// longer one is made of whole shorter ones.
const (
	ChargeDay  model.Minute = 24 * 60
	ChargeHour model.Minute = 60
)

// ChargeSpan is an hour or a day whose charges are, or can be, added up once: what
// they add up to is the same as of every version from Version on until a later one
// speaks of one of its minutes.
type ChargeSpan struct {
	// Length is ChargeHour or ChargeDay; From is a multiple of it.
	Length, From model.Minute
	// Version is the newest that speaks of a minute of the span.
	Version uint64
	// attempt tells the rows of one adding up from those of another that was cut off.
	attempt uint64
}

func (s ChargeSpan) to() model.Minute { return s.From + s.Length }

// ErrChargesGone means that the charges of a span are not all there any more: they
// are past their time, or were changed.
var ErrChargesGone = errors.New("the charges are not what their versions cost")

const (
	// newestOf is the newest version of each span of a window as of its version.
	newestOf = `SELECT toUInt32({length:UInt32}) AS span_minutes, toUInt32(minute_from - minute_from % {length:UInt32}) AS begin,
		max(number) AS version, max(committed_at) AS newest FROM versions
		WHERE minute_from >= {from:UInt32} AND minute_from < {to:UInt32} AND number <= {through:UInt64} AND kind != 'compact' GROUP BY begin`

	selectSpans = `SELECT begin, version, max(attempt) FROM charge_sum_marks
		WHERE span_minutes = {length:UInt32} AND begin >= {from:UInt32} AND begin + {length:UInt32} <= {to:UInt32}
		AND (begin, version) IN (SELECT begin, version FROM (` + newestOf + `))
		GROUP BY begin, version ORDER BY begin`

	selectUnsummed = `SELECT begin, version FROM (` + newestOf + `)
		WHERE (span_minutes, begin, version) NOT IN (SELECT span_minutes, begin, version FROM charge_sum_marks)
		AND newest <= {settled:DateTime64(9, 'UTC')} ORDER BY begin DESC LIMIT {limit:UInt32}`

	selectSpanSums = `SELECT toUInt32(greatest({first:UInt32}, begin - begin % {bucket:UInt32})) AS bucket, ` + lineColumns + `, sum(bytes), sum(amount_atoms)
		FROM charge_sums WHERE (span_minutes, begin, version, attempt) IN (
			SELECT at.1, at.2, at.3, at.4 FROM (SELECT arrayJoin(arrayZip({lengths:Array(UInt32)}, {begins:Array(UInt32)}, {versions:Array(UInt64)}, {attempts:Array(UInt64)})) AS at))
		GROUP BY bucket, ` + lineColumns

	insertSums = `INSERT INTO charge_sums (span_minutes, begin, version, attempt, edge_id, payer, account, code, operation, rule, tier, price_row, source,
		bytes, unit_bytes, rate_nano, amount_per_byte_atoms, amount_rest_atoms, unpriced_reason, imputed, path_assumed)`
	insertMark = `INSERT INTO charge_sum_marks (span_minutes, begin, version, attempt, lines)`
)

// summed are the spans of a window whose charges are added up as they are as of
// its version, each within one bucket, and the parts of the window that they leave.
func (s *Store) summed(ctx context.Context, w Window, bucket model.Minute) (spans []ChargeSpan, rest []Window, err error) {
	rest = []Window{w}
	for _, length := range []model.Minute{ChargeDay, ChargeHour} {
		if bucket%length != 0 || w.To-w.From < length {
			continue
		}
		var found []ChargeSpan
		err := s.each(ctx, selectSpans, w.args(clickhouse.Named("length", uint32(length))), func(rows clickhouse.Rows) error {
			span := ChargeSpan{Length: length}
			var begin uint32
			err := rows.Scan(&begin, &span.Version, &span.attempt)
			span.From = model.Minute(begin)
			found = append(found, span)
			return err
		})
		if err != nil {
			return nil, nil, err
		}
		spans, rest = cover(spans, rest, found)
	}
	spans, rest = few(spans, rest)
	return spans, rest, nil
}

func spanArguments(spans []ChargeSpan) []any {
	lengths, begins := make([]uint32, len(spans)), make([]uint32, len(spans))
	versions, attempts := make([]uint64, len(spans)), make([]uint64, len(spans))
	for i, span := range spans {
		lengths[i], begins[i], versions[i], attempts[i] = uint32(span.Length), uint32(span.From), span.Version, span.attempt
	}
	return []any{
		clickhouse.Named("lengths", lengths), clickhouse.Named("begins", begins),
		clickhouse.Named("versions", versions), clickhouse.Named("attempts", attempts),
	}
}

// Unsummed are the newest spans of a length in a window whose charges are not added
// up as they are as of its version, and whose newest version was committed by a
// moment. The window is of whole spans.
func (s *Store) Unsummed(ctx context.Context, length model.Minute, w Window, settled time.Time, limit int) ([]ChargeSpan, error) {
	var spans []ChargeSpan
	args := w.args(clickhouse.Named("length", uint32(length)), clickhouse.Named("limit", uint32(limit)),
		clickhouse.Named("settled", settled.UTC().Format("2006-01-02 15:04:05.000000000")))
	err := s.each(ctx, selectUnsummed, args, func(rows clickhouse.Rows) error {
		span := ChargeSpan{Length: length}
		var begin uint32
		err := rows.Scan(&begin, &span.Version)
		span.From = model.Minute(begin)
		spans = append(spans, span)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for spans whose charges are not added up: %w", err)
	}
	return spans, nil
}

// SumCharges adds a span's charges up and keeps them. It refuses where they are not
// what the versions' headers say the span costs: then some are gone.
func (s *Store) SumCharges(ctx context.Context, span ChargeSpan, now time.Time) (lines int, err error) {
	window := Window{From: span.From, To: span.to(), Version: span.Version}
	charged, err := s.Charged(ctx, window, 0)
	if err == nil {
		err = s.costs(ctx, window, charged)
	}
	if err == nil {
		span.attempt = attempt(now)
		err = s.writeSums(ctx, span, charged)
	}
	if err == nil {
		err = s.fill(ctx, insertMark, func(b clickhouse.Batch) error {
			return b.Append(uint32(span.Length), uint32(span.From), span.Version, span.attempt, uint64(len(charged)))
		})
	}
	if err != nil {
		return 0, fmt.Errorf("adding up the charges of the %d minutes from %s as of version %d: %w", span.Length, span.From, span.Version, err)
	}
	return len(charged), nil
}

// costs holds charges against the costs of a window's versions.
func (s *Store) costs(ctx context.Context, w Window, charged []Charged) error {
	totals, err := s.Totals(ctx, w, Subject{})
	if err != nil {
		return err
	}
	var want, got money.Amount
	for _, total := range totals {
		if want, err = want.Add(total.Cost); err != nil {
			return err
		}
	}
	for i := range charged {
		if got, err = got.Add(charged[i].Line.Amount); err != nil {
			return err
		}
	}
	if got != want {
		return fmt.Errorf("%w: they come to %s and the versions say %s", ErrChargesGone, got.Decimal(), want.Decimal())
	}
	return nil
}

func (s *Store) writeSums(ctx context.Context, span ChargeSpan, charged []Charged) error {
	if len(charged) == 0 {
		return nil
	}
	return s.fill(ctx, insertSums, func(b clickhouse.Batch) error {
		for i := range charged {
			c := &charged[i].Line
			each, rest := perByte(c.Amount, c.Bytes)
			err := b.Append(uint32(span.Length), uint32(span.From), span.Version, span.attempt, uint64(c.Edge), string(c.Payer), c.Account, c.Code, c.Operation,
				string(c.Rule), uint8(c.Tier), c.PriceRow, c.Source, c.Bytes, c.UnitBytes, c.RateNanoPerUnit, each, rest,
				c.Unpriced, flag(c.Imputed), flag(c.PathAssumed))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// DropSums forgets the sums of spans that begin before a minute: what says that
// they are there goes first, so that nobody misses what is gone.
func (s *Store) DropSums(ctx context.Context, before model.Minute) error {
	return s.dropSums(ctx, fmt.Sprintf("begin < %d", before))
}

func (s *Store) dropSums(ctx context.Context, which string) error {
	ctx = clickhouse.WithSettings(ctx, clickhouse.Settings{"mutations_sync": 2})
	for _, table := range []string{"charge_sum_marks", "charge_sums"} {
		var rows uint64
		err := s.db.QueryRow(ctx, fmt.Sprintf("SELECT count() FROM %s WHERE %s", table, which)).Scan(&rows)
		if err == nil && rows > 0 {
			err = s.db.Exec(ctx, fmt.Sprintf("ALTER TABLE %s DELETE WHERE %s", table, which))
		}
		if err != nil {
			return fmt.Errorf("dropping sums of charges from table %s: %w", table, err)
		}
	}
	return nil
}

// chargeSums add charges up that come from several queries.
type chargeSums struct {
	// parts is how many queries there were: one says each line once.
	parts   int
	at      map[Charged]int
	charged []Charged
}

func (c *chargeSums) add(more Charged) error {
	if c.parts > 1 && c.at == nil {
		c.at = make(map[Charged]int, len(c.charged))
		for i := range c.charged {
			c.at[c.charged[i].alike()] = i
		}
	}
	if c.at != nil {
		like := more.alike()
		if at, known := c.at[like]; known {
			return c.charged[at].add(more.Line)
		}
		c.at[like] = len(c.charged)
	}
	c.charged = append(c.charged, more)
	return nil
}

// alike is what the lines have in common that are added up.
func (c Charged) alike() Charged {
	c.Line.Bytes, c.Line.Amount = 0, money.Amount{}
	return c
}

func (c *Charged) add(more pricing.Line) (err error) {
	c.Line.Bytes += more.Bytes
	c.Line.Amount, err = c.Line.Amount.Add(more.Amount)
	return err
}
