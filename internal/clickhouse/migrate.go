package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/egressor/egressor/migrations"
)

// Migrate brings the schema of db's database up to date and returns the
// migrations that it applied. It is safe to run from several processes at once
// and to kill at any point.
func Migrate(ctx context.Context, log *slog.Logger, db *DB) ([]migrations.Migration, error) {
	available, err := migrations.ClickHouse()
	if err != nil {
		return nil, err
	}
	done, err := migrations.Run(ctx, log, NewMigrationTarget(db, MigrationLease), available)
	if err != nil {
		return done, fmt.Errorf("migrating the clickhouse database %s: %w", db.Database(), err)
	}
	return done, nil
}

// MigrationLease is how long a migrator that died keeps others out.
const MigrationLease = 30 * time.Second

// MigrationTarget is a database as the migrator sees it. Its lock is a table:
// creating one is the only thing that ClickHouse does for exactly one of
// several callers.
type MigrationTarget struct {
	db    *DB
	lease time.Duration
	// renewed is when the lock was last touched; this process's own clock is
	// good enough to touch it several times per lease.
	renewed time.Time
}

var _ migrations.Target = (*MigrationTarget)(nil)

// NewMigrationTarget returns db as a migration target with a lease of whole
// seconds.
func NewMigrationTarget(db *DB, lease time.Duration) *MigrationTarget {
	return &MigrationTarget{db: db, lease: lease}
}

const (
	codeTableExists  = 57
	codeUnknownTable = 60

	createApplied = `CREATE TABLE IF NOT EXISTS schema_migrations (id UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC'))
		ENGINE = MergeTree ORDER BY id SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`
	createLock = `CREATE TABLE schema_lock (unused UInt8) ENGINE = Memory COMMENT `
	// lockEvery is the pause between two attempts to take the lock.
	lockEvery = 200 * time.Millisecond
)

// Lock takes the lock, waiting while another migrator holds it, and taking it
// over when its holder has not touched it for the lease.
func (t *MigrationTarget) Lock(ctx context.Context) (func(context.Context) error, error) {
	tick := time.NewTicker(lockEvery)
	defer tick.Stop()
	for {
		err := t.db.Exec(ctx, createLock+t.holder())
		if err == nil {
			t.renewed = time.Now()
			return t.unlock, nil
		}
		if code(err) != codeTableExists {
			return nil, err
		}
		if err := t.expire(ctx); err != nil {
			return nil, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, fmt.Errorf("another migrator is at work, table schema_lock in database %s says who: %w", t.db.Database(), ctx.Err())
		}
	}
}

// holder is the lock's comment, for people who wonder who holds it.
func (t *MigrationTarget) holder() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	return literal(fmt.Sprintf("process %d on %s, %s", os.Getpid(), host, time.Now().UTC().Format(time.RFC3339)))
}

// expire puts a lock aside that nobody has touched for the lease. Its new name
// holds its own unique id: of two migrators that find the same dead lock, the
// second fails to rename, and cannot put the first one's new lock aside.
func (t *MigrationTarget) expire(ctx context.Context) error {
	const dead = `SELECT toString(uuid) FROM system.tables WHERE database = currentDatabase() AND name = 'schema_lock'
		AND metadata_modification_time <= now() - {lease:UInt32}`
	var ids []struct {
		ID string `ch:"toString(uuid)"`
	}
	if err := t.db.Select(ctx, &ids, dead, Named("lease", uint32(t.lease/time.Second))); err != nil || len(ids) == 0 {
		return err
	}
	err := t.db.Exec(ctx, "RENAME TABLE schema_lock TO "+Quote("schema_lock_dead_"+ids[0].ID))
	if c := code(err); c == codeTableExists || c == codeUnknownTable {
		return nil // another migrator was faster
	}
	return err
}

func (t *MigrationTarget) unlock(ctx context.Context) error {
	err := t.db.Exec(ctx, "DROP TABLE schema_lock")
	if code(err) == codeUnknownTable {
		return errors.New("another migrator took the lock over while this one worked; run it again to be sure")
	}
	return err
}

// touch renews the lock.
func (t *MigrationTarget) touch(ctx context.Context) error {
	if time.Since(t.renewed) < t.lease/3 {
		return nil
	}
	t.renewed = time.Now()
	return t.db.Exec(ctx, "ALTER TABLE schema_lock MODIFY COMMENT "+t.holder())
}

// Applied reads the list of applied migrations.
func (t *MigrationTarget) Applied(ctx context.Context) ([]migrations.Applied, error) {
	if err := t.db.Exec(ctx, createApplied); err != nil {
		return nil, err
	}
	rows, err := t.db.Query(ctx, "SELECT id, argMin(name, applied_at), argMin(checksum, applied_at), min(applied_at) FROM schema_migrations GROUP BY id")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var applied []migrations.Applied
	for rows.Next() {
		var id uint32
		var a migrations.Applied
		if err := rows.Scan(&id, &a.Name, &a.Checksum, &a.At); err != nil {
			return nil, err
		}
		a.ID = int(id)
		applied = append(applied, a)
	}
	return applied, rows.Err()
}

// Execute runs one statement.
func (t *MigrationTarget) Execute(ctx context.Context, statement string) error {
	if err := t.touch(ctx); err != nil {
		return err
	}
	return t.db.Exec(ctx, statement)
}

// Record adds m to the list of applied migrations.
func (t *MigrationTarget) Record(ctx context.Context, m migrations.Migration) error {
	return t.db.Exec(ctx, "INSERT INTO schema_migrations SELECT {id:UInt32}, {name:String}, {checksum:String}, now64(3)",
		Named("id", uint32(m.ID)), Named("name", m.Name), Named("checksum", m.Checksum))
}
