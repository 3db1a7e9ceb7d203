package neo4j

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/egressor/egressor/migrations"
)

const (
	// lockLease is how long a migrator may take before another takes over: index
	// creation is started, not awaited, so a minute is plenty.
	lockLease = time.Minute
	lockPoll  = 250 * time.Millisecond
)

// Migrate brings the graph's constraints and indexes up to date and waits
// until the indexes are usable. A graph newer than this binary is refused.
func Migrate(ctx context.Context, db *DB) error {
	available, err := migrations.Neo4j()
	if err != nil {
		return err
	}
	if _, err := migrations.Run(ctx, db.log, Schema{db}, available); err != nil {
		return fmt.Errorf("migrating neo4j at %s: %w", db.URI(), err)
	}
	return db.ExecuteWrite(ctx, func(tx Tx) error { return tx.Exec(ctx, "CALL db.awaitIndexes(300)", nil) })
}

// Schema is the graph as something that can be migrated. What was applied is
// kept in :SchemaMigration nodes, the lock in one :SchemaLock node.
type Schema struct{ DB *DB }

var _ migrations.Target = Schema{}

const (
	ensureLock = `CREATE CONSTRAINT schema_lock_name IF NOT EXISTS FOR (l:SchemaLock) REQUIRE l.name IS UNIQUE`

	takeLock = `
MERGE (l:SchemaLock {name: 'migrations'})
WITH l, l.owner IS NULL OR l.until < datetime() AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET l.owner = $owner, l.until = datetime() + duration({seconds: $seconds}))
RETURN l.owner = $owner`

	freeLock = `MATCH (l:SchemaLock {name: 'migrations', owner: $owner}) REMOVE l.owner, l.until`

	listApplied  = `MATCH (m:SchemaMigration) RETURN m.id, m.name, m.checksum, m.at`
	recordOne    = `MERGE (m:SchemaMigration {id: $id}) SET m.name = $name, m.checksum = $checksum, m.at = datetime()`
	takenMessage = "another migrator holds the lock: wait for it, or a minute if it died"
)

// Lock implements migrations.Target.
func (s Schema) Lock(ctx context.Context) (func(context.Context) error, error) {
	if err := s.Execute(ctx, ensureLock); err != nil {
		return nil, err
	}
	owner := rand.Text()
	for {
		taken := false
		err := s.DB.ExecuteWrite(ctx, func(tx Tx) error {
			_, err := tx.Single(ctx, takeLock, Params{"owner": owner, "seconds": int64(lockLease / time.Second)}, &taken)
			return err
		})
		if err != nil && !IsConstraintViolation(err) {
			return nil, err
		}
		if taken {
			return func(ctx context.Context) error { return s.unlock(ctx, owner) }, nil
		}
		select {
		case <-time.After(lockPoll):
		case <-ctx.Done():
			return nil, errors.Join(errors.New(takenMessage), ctx.Err())
		}
	}
}

func (s Schema) unlock(ctx context.Context, owner string) error {
	return s.DB.ExecuteWrite(ctx, func(tx Tx) error { return tx.Exec(ctx, freeLock, Params{"owner": owner}) })
}

// Applied implements migrations.Target.
func (s Schema) Applied(ctx context.Context) ([]migrations.Applied, error) {
	var applied []migrations.Applied
	err := s.DB.ExecuteRead(ctx, func(tx Tx) error {
		applied = nil
		return tx.Each(ctx, listApplied, nil, func(row Row) error {
			var a migrations.Applied
			var id int64
			err := row.Scan(&id, &a.Name, &a.Checksum, &a.At)
			a.ID = int(id)
			applied = append(applied, a)
			return err
		})
	})
	return applied, err
}

// Execute implements migrations.Target.
func (s Schema) Execute(ctx context.Context, statement string) error {
	return s.DB.ExecuteWrite(ctx, func(tx Tx) error { return tx.Exec(ctx, statement, nil) })
}

// Record implements migrations.Target.
func (s Schema) Record(ctx context.Context, m migrations.Migration) error {
	return s.DB.ExecuteWrite(ctx, func(tx Tx) error {
		return tx.Exec(ctx, recordOne, Params{"id": int64(m.ID), "name": m.Name, "checksum": m.Checksum})
	})
}
