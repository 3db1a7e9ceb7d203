// Package migrations holds the schemas of both stores and the small migrator
// that brings a store up to date.
//
// A migration is a file NNNN_name.sql (clickhouse/) or NNNN_name.cypher
// (neo4j/), numbered from 0001 without gaps. It is never changed after its
// release: a change is a new file. Its statements each end with ";" at the end
// of a line, and each must be idempotent (IF NOT EXISTS, ADD COLUMN IF NOT
// EXISTS, MODIFY ...): a migrator killed between any two statements runs the
// whole file again. Whole-line comments (-- or //) are not sent and are not
// part of the checksum.
//
// The package is pure but for the Target, which each store implements: package
// internal/clickhouse and package internal/neo4j.
package migrations
