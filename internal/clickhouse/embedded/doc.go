// Package embedded serves the real ClickHouse engine, loaded from libchdb.so
// without cgo, over the part of ClickHouse's HTTP interface that clickhouse-go
// and curl speak. It runs in a process of its own, so that whatever the engine
// does to its process it does not do to ours.
//
// Callers send a key, as the header X-ClickHouse-Key or as the password of HTTP
// basic authentication under any user name; /ping alone answers without it. The
// key is all that stands between a caller and the files of the user that the
// process runs as: the table functions and engines file(), url(), s3(), remote()
// and the like work on any path and address. Measured with libchdb 26.7: it
// shows --user_files_path in system.server_settings and heeds it nowhere, takes
// no users or grants from --config-file.
// A GET runs with readonly=1, which refuses them; the scalar function file()
// reads even there. INTO OUTFILE and FROM INFILE are refused by any method. For
// more confinement run the service as a user of its own.
//
// A statement whose client has gone is killed. What it does not have: sessions,
// users, external tables, and result streaming (a result is held in memory until
// it is sent).
package embedded
