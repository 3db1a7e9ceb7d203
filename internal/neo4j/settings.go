package neo4j

import (
	"fmt"
	"strings"
)

// settings renders neo4j.conf. Neo4j checks the names strictly, so a setting
// that a later version renames stops the start instead of being forgotten.
func settings(c ChildConfig, listen string) string {
	lines := []string{
		"server.config.strict_validation.enabled=true",

		// Bolt is the only way in, and it asks for a password.
		"server.bolt.enabled=true",
		"server.bolt.listen_address=" + listen,
		"server.bolt.tls_level=DISABLED",
		"server.http.enabled=false",
		"server.https.enabled=false",
		"dbms.security.auth_enabled=true",

		// No way out: LOAD CSV can neither read files nor open URLs, nothing is
		// reported to anyone.
		"dbms.security.allow_csv_import_from_file_urls=false",
		"internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0",
		"dbms.usage_report.enabled=false",

		// One statement cannot take the server down.
		fmt.Sprintf("db.transaction.timeout=%ds", int(c.TransactionTimeout.Seconds())),
		fmt.Sprintf("db.memory.transaction.max=%dm", c.HeapMiB/2),
		fmt.Sprintf("dbms.memory.transaction.total.max=%dm", c.HeapMiB*7/10),
		"db.transaction.concurrent.maximum=64",
		"dbms.cypher.forbid_exhaustive_shortestpath=true",

		// The store recovers from its newest log alone; older ones would grow to
		// hundreds of bytes per write for nothing.
		"db.tx_log.rotation.retention_policy=keep_none",
		"db.tx_log.rotation.size=128m",
		"db.tx_log.preallocate=false",
		"db.checkpoint.interval.time=5m",

		fmt.Sprintf("server.memory.pagecache.size=%dm", c.PageCacheMiB),
		"db.logs.query.enabled=OFF",

		// A stop takes 10 s where Bolt first waits for silence; our own clients
		// are the only ones and have left by then.
		"internal.dbms.bolt.netty_server_shutdown_quiet_period=0",
		"internal.dbms.bolt.netty_server_shutdown_timeout=3",
		"internal.server.bolt.thread_pool_shutdown_wait_time=1s",
	}
	return strings.Join(lines, "\n") + "\n"
}

// javaFlags are the flags of the JVM, main class last.
func javaFlags(c ChildConfig, home, classpath string) []string {
	return []string{
		fmt.Sprintf("-Xms%dm", c.HeapMiB/2), fmt.Sprintf("-Xmx%dm", c.HeapMiB),
		// A version is a large transaction, all of it garbage once it is committed. G1
		// takes a fifth of the time for it that the parallel collector does not.
		"-XX:+UseParallelGC",
		// A heap that ran out leaves a server half alive: it dies and is restarted.
		"-XX:+ExitOnOutOfMemoryError",
		"-XX:-OmitStackTraceInFastThrow",
		// Native libraries are unpacked beside the store: /tmp may be noexec.
		"-Djava.io.tmpdir=" + home + "/tmp",
		"-Djava.awt.headless=true",
		"--add-opens=java.base/java.nio=ALL-UNNAMED",
		"--add-opens=java.base/java.io=ALL-UNNAMED",
		"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
		"--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
		"-cp", classpath, "Launcher", home,
	}
}
