package graphstore

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// Head is the newest version; false while there is none.
func (s *Store) Head(ctx context.Context) (model.GraphVersion, bool, error) {
	return s.version(ctx, "the newest version", versionHead, nil)
}

// Version is one version by number; false where the graph has none of it.
func (s *Store) Version(ctx context.Context, number uint64) (model.GraphVersion, bool, error) {
	if number > math.MaxInt64 {
		return model.GraphVersion{}, false, nil
	}
	return s.version(ctx, fmt.Sprintf("version %d", number), versionByNumber, neo4j.Params{"number": int64(number)})
}

// VersionAt is the newest version committed at or before a moment; false where
// there was none yet.
func (s *Store) VersionAt(ctx context.Context, at time.Time) (model.GraphVersion, bool, error) {
	return s.version(ctx, "the version at "+at.UTC().Format(time.RFC3339), versionAt, neo4j.Params{"at": at.UTC()})
}

// NewestMinute is the end of the newest minute folded by any version up to
// asOf; 0 where the graph has no such version.
func (s *Store) NewestMinute(ctx context.Context, asOf uint64) (model.Minute, error) {
	found, _, err := s.stored(ctx, fmt.Sprintf("version %d", asOf), versionByNumber, neo4j.Params{"number": int64(asOf)})
	return found.newest, err
}

// Versions lists at most limit versions below before (0: from the newest),
// newest first.
func (s *Store) Versions(ctx context.Context, before uint64, limit int) ([]model.GraphVersion, error) {
	var versions []model.GraphVersion
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		versions = nil
		return tx.Each(ctx, versionsBefore, neo4j.Params{"before": boundOf(before), "limit": limit}, func(row neo4j.Row) error {
			version, err := scanVersion(row)
			versions = append(versions, version.GraphVersion)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading versions from the graph: %w", err)
	}
	return versions, nil
}

// CountVersions counts versions below before (0: all).
func (s *Store) CountVersions(ctx context.Context, before uint64) (int, error) {
	var n int64
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		_, err := tx.Single(ctx, versionsCount, neo4j.Params{"before": boundOf(before)}, &n)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("counting versions of the graph: %w", err)
	}
	return int(n), nil
}

// boundOf is a version's number as the database has numbers; 0 means none.
func boundOf(before uint64) int64 {
	if before == 0 || before >= math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(before)
}

func (s *Store) version(ctx context.Context, what, statement string, params neo4j.Params) (model.GraphVersion, bool, error) {
	found, there, err := s.stored(ctx, what, statement, params)
	return found.GraphVersion, there, err
}

func (s *Store) stored(ctx context.Context, what, statement string, params neo4j.Params) (found storedVersion, there bool, err error) {
	err = s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		found, there, err = readVersion(ctx, tx, statement, params)
		return err
	})
	if err != nil {
		return storedVersion{}, false, fmt.Errorf("reading %s from the graph: %w", what, err)
	}
	return found, there, nil
}

func readVersion(ctx context.Context, tx neo4j.Tx, statement string, params neo4j.Params) (storedVersion, bool, error) {
	var values any
	there, err := tx.Single(ctx, statement, params, &values)
	if err != nil || !there {
		return storedVersion{}, false, err
	}
	version, err := versionFrom(bagOf(values))
	return version, err == nil, err
}

func scanVersion(row neo4j.Row) (storedVersion, error) {
	var values any
	if err := row.Scan(&values); err != nil {
		return storedVersion{}, err
	}
	return versionFrom(bagOf(values))
}
