package neo4j

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

const (
	// watchEvery is how often a running Neo4j is asked, and an answer awaited.
	watchEvery = 2 * time.Second
	// roomToStart is what the volume must have free before Neo4j is started again:
	// recovery writes what the newest log holds (128 MiB at most, mostly written
	// already) into the store, and a store that runs out again at once helps nobody.
	roomToStart = 64 << 20
	// unavailableFor is how many answers in a row that the database is unavailable
	// mean that it will not come back: for a moment it may be.
	unavailableFor = 5
)

// watch asks the running Neo4j for a transaction again and again, and delivers why
// its database has stopped. A process that is alive says nothing: Neo4j stays, and
// Bolt answers, after a write to its log has failed. It ends with ctx.
func (c *Child) watch(ctx context.Context) <-chan error {
	stopped := make(chan error, 1)
	go func() {
		cfg := c.connection(DefaultConfig())
		connection, err := open(cfg)
		if err != nil {
			return // it was opened alike a moment ago: see logIn
		}
		defer func() { _ = tidy(ctx, connection.Close) }()
		for unavailable := 0; wait(ctx, watchEvery); {
			err := transact(ctx, cfg, connection)
			if unavailable++; !isUnavailable(err) {
				unavailable = 0
			}
			if isStopped(err) || unavailable == unavailableFor {
				stopped <- explain(cfg, err)
				return
			}
		}
	}()
	return stopped
}

// transact runs one transaction that reads nothing.
func transact(ctx context.Context, cfg Config, connection driver.DriverWithContext) error {
	ctx, cancel := context.WithTimeout(ctx, 2*cfg.ConnectTimeout)
	defer cancel()
	session := connection.NewSession(ctx, driver.SessionConfig{AccessMode: driver.AccessModeRead, DatabaseName: cfg.Database})
	defer func() { _ = tidy(ctx, session.Close) }()
	result, err := session.Run(ctx, "RETURN 1", nil)
	if err == nil {
		_, err = result.Consume(ctx)
	}
	return err
}

// What Neo4j says when it could not write a transaction to its log, cannot begin
// another for that reason, or could not apply one that is in the log.
const (
	logError     = "Neo.DatabaseError.Transaction.TransactionLogError"
	startFailed  = "Neo.DatabaseError.Transaction.TransactionStartFailed"
	commitFailed = "Neo.DatabaseError.Transaction.TransactionCommitFailed"
)

// isStopped reports whether a server says of its database that it has to be
// started again: what Neo4j says from the first write on that failed in its log.
func isStopped(err error) bool {
	var said *driver.Neo4jError
	if !errors.As(err, &said) {
		return false
	}
	switch said.Code {
	case logError, startFailed, commitFailed:
		return true
	default:
		return false
	}
}

func isUnavailable(err error) bool {
	var said *driver.Neo4jError
	return errors.As(err, &said) && (said.Code == "Neo.TransientError.General.DatabaseUnavailable" || said.Code == "Neo.TransientError.Database.DatabaseUnavailable")
}

// awaitRoom returns when the volume has room for a start; false when life ended
// before.
func (c *Child) awaitRoom(life context.Context) bool {
	for told := false; ; told = true {
		free, err := freeBytes(c.home())
		if err != nil || free >= roomToStart { // a volume that cannot be measured is tried
			return life.Err() == nil
		}
		if !told {
			err := fmt.Errorf("there is no space on the volume of %s (%s): give it more room, or shorten --keep-flows or --graph-keep-minutes; it goes on by itself then", c.home(), c.room())
			c.setDown(err)
			c.log.Error("waiting for room", "reason", err)
		}
		if !wait(life, watchEvery) {
			return false
		}
	}
}

// room says how much the volume has left, for people.
func (c *Child) room() string {
	free, err := freeBytes(c.home())
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%d MiB are free, %d are needed for a start", free>>20, roomToStart>>20)
}

func freeBytes(dir string) (uint64, error) {
	var volume syscall.Statfs_t
	if err := syscall.Statfs(dir, &volume); err != nil {
		return 0, fmt.Errorf("measuring the volume of %s: %w", dir, err)
	}
	return volume.Bavail * uint64(volume.Bsize), nil
}
