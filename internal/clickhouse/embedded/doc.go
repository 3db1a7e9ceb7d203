// Package embedded serves the real ClickHouse engine, loaded from libchdb.so
// without cgo, over the part of ClickHouse's HTTP interface that clickhouse-go
// and curl speak. It runs in a process of its own, so that whatever the engine
// does to its process it does not do to ours.
//
// A statement whose client has gone is killed. What it does not have: sessions,
// users, external tables, and result streaming (a result is held in memory until
// it is sent).
package embedded
