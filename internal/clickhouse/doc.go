// Package clickhouse is the store of the raw flows: a connection to a
// ClickHouse server, and the child process that runs the embedded engine where
// there is no server. It alone imports clickhouse-go; other packages use the
// aliases here.
//
// With a server:
//
//	db, err := clickhouse.New(log, clickhouse.Config{Address: "db.example:9440", Database: "egressor", TLS: true})
//
// With the embedded engine, whose address is an http URL:
//
//	child := clickhouse.NewChild(log, clickhouse.ChildConfig{DataDir: dir, Listen: "127.0.0.1:8123"})
//	db, err := clickhouse.New(log, clickhouse.Config{Address: child.URL(), PasswordFile: clickhouse.KeyFile(dir), Database: "egressor"})
//
// Both are components: start the child before the connection. Then:
//
//	ctx = clickhouse.WithToken(ctx, "lab/node-a/boot/17/digest") // deduplicates a retry
//	batch, err := db.PrepareBatch(ctx, "INSERT INTO flows (minute, node, sent_packets)")
//	err = batch.Append(uint32(minute), "node-a", uint64(bytes))
//	err = batch.Send() // durable when it returns nil
//
//	rows, err := db.Query(ctx, "SELECT node, sum(sent_wire_bytes) FROM flows WHERE minute = {m:UInt32} GROUP BY node",
//		clickhouse.Named("m", uint32(minute)))
//	defer rows.Close()
//	for rows.Next() { err = rows.Scan(&node, &bytes) }
//	err = rows.Err()
//
// A batch over HTTP is held in memory and sent whole by Send: at most a few
// million rows each. Whole columns are appended several times faster than rows:
//
//	err = batch.Column(0).Append([]uint32{...})
//
// Times come back in the zone of their column: declare columns as 'UTC'.
//
// Migrate brings the schema of package migrations up to date. Tests take a
// private database from package clickhousetest.
package clickhouse
