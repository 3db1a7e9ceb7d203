package graphstore

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
)

// Lease is the right to fold into these stores. Each change of hands begins a
// new term, so that a holder and a term name one uninterrupted reign.
type Lease struct {
	Holder string
	Term   uint64
}

// ErrLostLease means that another process holds the lease now, or that nobody
// was given the one in hand.
var ErrLostLease = errors.New("the lease on folding is lost")

// AcquireLease takes the lease for a while, or prolongs it, unless another
// holder's runs. It returns the lease as it is then: the caller leads if it is
// its own. Time is the server's.
func (s *Store) AcquireLease(ctx context.Context, holder string, last time.Duration) (Lease, error) {
	var lease Lease
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		// Who stands by asks every second: it looks without a lock first.
		found, runs, err := readLease(ctx, tx)
		if lease = found; err != nil || runs && found.Holder != holder {
			return err
		}
		if found, runs, err = lockLease(ctx, tx); err != nil {
			return err
		}
		if lease = found; found.Holder == holder {
			return holdLease(ctx, tx, lease, last) // nobody took it meanwhile, even if it ran out
		}
		if runs {
			return nil
		}
		lease = Lease{Holder: holder, Term: found.Term + 1}
		return holdLease(ctx, tx, lease, last)
	})
	if err != nil {
		return Lease{}, fmt.Errorf("acquiring the lease on folding: %w", err)
	}
	return lease, nil
}

// RenewLease prolongs a lease. It fails with ErrLostLease where another took over.
func (s *Store) RenewLease(ctx context.Context, lease Lease, last time.Duration) error {
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		if err := fence(ctx, tx, lease); err != nil {
			return err
		}
		return holdLease(ctx, tx, lease, last)
	})
	if err != nil {
		return fmt.Errorf("renewing the lease on folding: %w", err)
	}
	return nil
}

// ReleaseLease gives a lease back, so that the next holder need not wait. A
// lease that is lost already is left alone.
func (s *Store) ReleaseLease(ctx context.Context, lease Lease) error {
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		if err := fence(ctx, tx, lease); err != nil {
			return err
		}
		return holdLease(ctx, tx, Lease{Term: lease.Term}, 0)
	})
	if err != nil && !errors.Is(err, ErrLostLease) {
		return fmt.Errorf("releasing the lease on folding: %w", err)
	}
	return nil
}

// fence checks that a lease is in hand and keeps it there until the
// transaction ends. One that ran out while nobody else wanted it still is:
// nobody else wrote.
func fence(ctx context.Context, tx neo4j.Tx, lease Lease) error {
	found, _, err := lockLease(ctx, tx)
	if err != nil {
		return err
	}
	if found != lease || lease.Holder == "" {
		return fmt.Errorf("%w: %q holds it in term %d, not %q in term %d", ErrLostLease, found.Holder, found.Term, lease.Holder, lease.Term)
	}
	return nil
}

func lockLease(ctx context.Context, tx neo4j.Tx) (lease Lease, runs bool, err error) {
	if err := tx.Exec(ctx, leaseLock, nil); err != nil {
		return Lease{}, false, err
	}
	return readLease(ctx, tx)
}

// readLease is the zero lease before the first.
func readLease(ctx context.Context, tx neo4j.Tx) (lease Lease, runs bool, err error) {
	_, err = tx.Single(ctx, leaseRead, nil, &lease.Holder, &lease.Term, &runs)
	return lease, runs, err
}

func holdLease(ctx context.Context, tx neo4j.Tx, lease Lease, last time.Duration) error {
	if lease.Term > math.MaxInt64 {
		return fmt.Errorf("term %d of the lease does not fit 63 bits", lease.Term)
	}
	return tx.Exec(ctx, leaseHold, neo4j.Params{
		"holder": lease.Holder, "term": int64(lease.Term), "milliseconds": last.Milliseconds(),
	})
}
