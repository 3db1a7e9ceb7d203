package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

const (
	firstRetry  = 50 * time.Millisecond
	longestWait = 2 * time.Second
	// cleanup bounds a rollback and the end of a session: a peer that went silent
	// would hold them for ever, and they bring nothing that is waited for.
	cleanup = 5 * time.Second
)

// ExecuteRead runs work in a read transaction and repeats it when the server
// gave it up for a passing reason: work must be ready to start again.
func (db *DB) ExecuteRead(ctx context.Context, work func(Tx) error) error {
	return db.execute(ctx, driver.AccessModeRead, work)
}

// ExecuteWrite is ExecuteRead for writes. It never repeats a commit: when the
// reply to one was lost, the error is ErrUnknownOutcome.
func (db *DB) ExecuteWrite(ctx context.Context, work func(Tx) error) error {
	return db.execute(ctx, driver.AccessModeWrite, work)
}

func (db *DB) execute(ctx context.Context, mode driver.AccessMode, work func(Tx) error) error {
	if db.driver == nil {
		return errors.New("neo4j: not started")
	}
	deadline := time.Now().Add(db.cfg.RetryTime)
	for pause := firstRetry; ; pause = min(2*pause, longestWait) {
		err := db.once(ctx, mode, work)
		if err == nil {
			return nil
		}
		if errors.Is(err, ErrUnknownOutcome) || !retryable(err) || time.Now().Add(pause).After(deadline) {
			return db.explain(err)
		}
		db.log.Debug("transaction repeated", "reason", err)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return db.explain(errors.Join(ctx.Err(), err))
		}
	}
}

func (db *DB) once(ctx context.Context, mode driver.AccessMode, work func(Tx) error) error {
	session := db.driver.NewSession(ctx, driver.SessionConfig{
		AccessMode: mode, DatabaseName: db.cfg.Database, BookmarkManager: db.bookmarks,
	})
	// The work's own outcome counts; a session that closes badly holds nothing.
	defer func() { _ = tidy(ctx, session.Close) }()
	tx, err := session.BeginTransaction(ctx, until(ctx)...)
	if err != nil {
		return err
	}
	if err := work(Tx{tx}); err != nil {
		// A transaction that the server ended already cannot be rolled back again.
		_ = tidy(ctx, tx.Rollback)
		return err
	}
	return commit(ctx, tx)
}

// mostUntil is the longest time that a transaction is told; beyond it the server's
// own setting holds.
const mostUntil = 2 * time.Minute

// until has the server end a transaction, and free what it locked, when its
// caller does not wait any longer: the caller may be frozen or cut off by then,
// and a connection that is only silent is never closed.
func until(ctx context.Context) []func(*driver.TransactionConfig) {
	deadline, bounded := ctx.Deadline()
	left := time.Until(deadline)
	if !bounded || left <= 0 || left > mostUntil {
		return nil
	}
	return []func(*driver.TransactionConfig){driver.WithTxTimeout(left)}
}

// tidy runs what has to be done even after ctx has ended, for a while.
func tidy(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanup)
	defer cancel()
	return do(ctx)
}

// commit tells a refusal, which the server has spoken, from silence. A server that
// failed does not know itself: a transaction that it could not write whole, or not
// apply after it was in the log, may be there when it has recovered.
func commit(ctx context.Context, tx driver.ExplicitTransaction) error {
	err := tx.Commit(ctx)
	var refused *driver.Neo4jError
	if err == nil || errors.As(err, &refused) && !strings.HasPrefix(refused.Code, "Neo.DatabaseError.") {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnknownOutcome, err)
}

// retryable asks the driver, which looks at connection errors only when they
// come bare.
func retryable(err error) bool {
	var lost *driver.ConnectivityError
	if errors.As(err, &lost) {
		return driver.IsRetryable(lost)
	}
	return driver.IsRetryable(err)
}
