package flowstore

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// TermsText is a price book and an overlay as the files that they were read from.
type TermsText struct {
	// Digest is that of the book under the overlay, as versions name it.
	Digest         model.Digest
	BookName, Book string
	// OverlayName and Overlay are "" where there is no overlay.
	OverlayName, Overlay string
}

// KeepTerms stores terms before a version is priced by them. Keeping them again
// changes nothing.
func (s *Store) KeepTerms(ctx context.Context, terms TermsText) error {
	_, known, err := s.Terms(ctx, terms.Digest)
	if err != nil || known {
		return err
	}
	err = s.fill(ctx, "INSERT INTO price_terms (digest, book_name, book, overlay_name, overlay)", func(b clickhouse.Batch) error {
		return b.Append(string(terms.Digest), terms.BookName, terms.Book, terms.OverlayName, terms.Overlay)
	})
	if err != nil {
		return fmt.Errorf("storing price book %s: %w", terms.BookName, err)
	}
	return nil
}

// Terms are the terms with a digest; ok is false where they were never kept.
func (s *Store) Terms(ctx context.Context, digest model.Digest) (terms TermsText, ok bool, err error) {
	err = s.each(ctx, `SELECT book_name, book, overlay_name, overlay FROM price_terms WHERE digest = {digest:String} LIMIT 1`,
		[]any{clickhouse.Named("digest", string(digest))}, func(rows clickhouse.Rows) error {
			ok = true
			return rows.Scan(&terms.BookName, &terms.Book, &terms.OverlayName, &terms.Overlay)
		})
	terms.Digest = digest
	if err != nil {
		return terms, false, fmt.Errorf("reading the price book with digest %.12s: %w", digest, err)
	}
	return terms, ok, nil
}

// Priced says by what a minute's newest version is priced.
type Priced struct {
	Minute          model.Minute
	Version         uint64
	PriceBookDigest model.Digest
	PricingMode     string
	CommittedAt     time.Time
}

const selectPriced = `SELECT minute_from, max(number), argMax(price_book_digest, number), argMax(pricing_mode, number), argMax(committed_at, number)
	FROM versions WHERE (minute_from, number) IN ` + current + ` GROUP BY minute_from ORDER BY minute_from`

// PricedBy lists by what the minutes of a window are priced, oldest first.
func (s *Store) PricedBy(ctx context.Context, w Window) ([]Priced, error) {
	var found []Priced
	err := s.each(ctx, selectPriced, w.args(), func(rows clickhouse.Rows) error {
		var p Priced
		var minute uint32
		var digest string
		err := rows.Scan(&minute, &p.Version, &digest, &p.PricingMode, &p.CommittedAt)
		p.Minute, p.PriceBookDigest, p.CommittedAt = model.Minute(minute), model.Digest(digest), p.CommittedAt.UTC()
		found = append(found, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading by what the minutes from %s to %s are priced: %w", w.From, w.To, err)
	}
	return found, nil
}

// RepriceRequest asks that the minutes [From, To) that were priced before it was
// made are priced again by the terms in force.
type RepriceRequest struct {
	RequestedAt time.Time
	From, To    model.Minute
}

// RequestReprice stores a request for the service that folds.
func (s *Store) RequestReprice(ctx context.Context, request RepriceRequest) error {
	err := s.fill(ctx, "INSERT INTO reprice_requests (requested_at, minute_from, minute_to)", func(b clickhouse.Batch) error {
		return b.Append(request.RequestedAt.UTC(), uint32(request.From), uint32(request.To))
	})
	if err != nil {
		return fmt.Errorf("asking to reprice %s to %s: %w", request.From, request.To, err)
	}
	return nil
}

// RepriceRequests lists the requests made after a moment, oldest first.
func (s *Store) RepriceRequests(ctx context.Context, after time.Time) ([]RepriceRequest, error) {
	var requests []RepriceRequest
	err := s.each(ctx, `SELECT requested_at, minute_from, minute_to FROM reprice_requests
		WHERE toUnixTimestamp64Nano(requested_at) > {after:Int64} ORDER BY requested_at`,
		[]any{clickhouse.Named("after", nanos(after))}, func(rows clickhouse.Rows) error {
			var request RepriceRequest
			var from, to uint32
			err := rows.Scan(&request.RequestedAt, &from, &to)
			request.RequestedAt, request.From, request.To = request.RequestedAt.UTC(), model.Minute(from), model.Minute(to)
			requests = append(requests, request)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("reading the requests to reprice: %w", err)
	}
	return requests, nil
}

// columnsOf names columns with a prefix, for a statement that joins.
func columnsOf(prefix string, names ...string) string {
	prefixed := make([]string, len(names))
	for i, name := range names {
		prefixed[i] = prefix + name
	}
	return strings.Join(prefixed, ", ")
}
