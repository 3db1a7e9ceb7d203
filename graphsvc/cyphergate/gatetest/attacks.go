// Package gatetest holds statements that must not be run, by hand and in
// disguise, and some that must, for the tests of the gate and of the real graph
// behind it.
package gatetest

import "strings"

// Attack is a statement that would write, read a file, open a socket, administer,
// or hold a thread.
type Attack struct{ Name, Statement string }

// writes change the graph or its schema.
var writes = []string{
	"CREATE (n:Hacked) RETURN n",
	"CREATE (:Hacked)",
	"MERGE (n:Hacked {id: 1}) RETURN n",
	"MATCH (n) SET n.hacked = true RETURN n",
	"MATCH (n) SET n:Hacked RETURN n",
	"MATCH (n) SET n += {hacked: true} RETURN n",
	"MATCH (n) REMOVE n.name RETURN n",
	"MATCH (n) DELETE n",
	"MATCH (n) DETACH DELETE n",
	"MATCH ()-[r]->() DELETE r",
	"MATCH (n) NODETACH DELETE n",
	"MATCH (n) WITH n LIMIT 1 DETACH DELETE n RETURN 1",
	"FOREACH (x IN [1] | CREATE (:Hacked))",
	"MATCH (n) FOREACH (x IN [n] | SET x.hacked = 1)",
	"CALL { CREATE (n:Hacked) RETURN n } RETURN n",
	"MATCH (a) CALL { WITH a SET a.hacked = 1 RETURN 1 AS one } RETURN one",
	"MATCH (a) CALL (a) { SET a.hacked = 1 } RETURN a",
	"UNWIND range(1, 100) AS i CALL { WITH i CREATE (:Hacked) } IN TRANSACTIONS OF 10 ROWS",
	"MATCH (n) CALL { WITH n DETACH DELETE n } IN 2 CONCURRENT TRANSACTIONS",
	"RETURN EXISTS { CREATE (:Hacked) }",
	"RETURN COLLECT { CREATE (n:Hacked) RETURN n }",
	"MATCH (n) RETURN n UNION CREATE (n:Hacked) RETURN n",
	"MATCH (n) RETURN n UNION ALL MERGE (n:Hacked) RETURN n",
	"MATCH (n) RETURN n; CREATE (:Hacked)",
	"MATCH (n) RETURN n;CREATE (:Hacked);",
	"INSERT (:Hacked)",
	"CREATE INDEX hacked FOR (n:Hacked) ON (n.id)",
	"CREATE CONSTRAINT hacked FOR (n:Hacked) REQUIRE n.id IS UNIQUE",
	"DROP INDEX transferred_minute IF EXISTS",
	"DROP CONSTRAINT entity_id IF EXISTS",
	"CREATE DATABASE hacked",
	"CREATE OR REPLACE USER hacked SET PASSWORD 'hackedhacked'",
	"ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
	"ALTER USER neo4j SET PASSWORD 'hackedhacked'",
	"GRANT ROLE admin TO hacked",
	"DENY READ {*} ON GRAPH * TO hacked",
	"PROFILE CREATE (:Hacked)",
	"EXPLAIN CREATE (:Hacked)",
	"EXPLAIN MATCH (n) RETURN n",
	"CYPHER 5 CREATE (:Hacked)",
	"CYPHER runtime=slotted MATCH (n) RETURN n",
	"USE neo4j CREATE (:Hacked)",
	"USE system SHOW USERS",
	"MATCH (n) WHERE n.id = 'x' OR true SET n.hacked=1",
}

// reads leave the graph: files, URLs, the server's own state.
var reads = []string{
	"LOAD CSV FROM 'file://CANARYFILE' AS line RETURN line",
	"LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
	"LOAD CSV WITH HEADERS FROM 'http://CANARYHOST/x.csv' AS line RETURN line",
	"LOAD CSV FROM 'https://CANARYHOST/x.csv' AS line FIELDTERMINATOR ';' RETURN line",
	"LOAD CSV FROM 'ftp://CANARYHOST/x' AS line RETURN line",
	"LOAD CSV FROM $url AS line RETURN line",
	"WITH 'http://CANARYHOST/' AS u LOAD CSV FROM u AS line RETURN line",
	"CALL { LOAD CSV FROM 'http://CANARYHOST/' AS line RETURN line } RETURN line",
	"RETURN COLLECT { LOAD CSV FROM 'http://CANARYHOST/' AS l RETURN l }",
	"CALL apoc.load.json('http://CANARYHOST/')",
	"CALL apoc.load.csv('file://CANARYFILE') YIELD map RETURN map",
	"CALL apoc.cypher.runWrite('CREATE (:Hacked)', {})",
	"CALL apoc.cypher.doIt('CREATE (:Hacked)', {}) YIELD value RETURN value",
	"CALL apoc.export.csv.all('/tmp/hacked.csv', {})",
	"CALL apoc.util.sleep(100000)",
	"RETURN apoc.util.sha1(['x'])",
	"CALL gds.graph.project('g', '*', '*')",
	"CALL dbms.listConfig() YIELD name, value RETURN name, value",
	"CALL dbms.listConfig",
	"CALL dbms.setConfigValue('db.transaction.timeout', '0')",
	"CALL dbms.security.createUser('hacked', 'hackedhacked')",
	"CALL dbms.security.listUsers()",
	"CALL dbms.showCurrentUser()",
	"CALL dbms.killConnection('bolt-1')",
	"CALL dbms.queryJmx('*:*')",
	"CALL dbms.upgrade()",
	"CALL db.createLabel('Hacked')",
	"CALL db.createProperty('hacked')",
	"CALL db.clearQueryCaches()",
	"CALL db.awaitIndexes(100000)",
	"CALL db.checkpoint()",
	"CALL db.index.fulltext.queryNodes('x', 'y')",
	"CALL tx.setMetaData({a: 1})",
	"CALL genai.vector.encodeBatch(['x'], 'OpenAI', {token: 'x'})",
	"RETURN genai.vector.encode('x', 'OpenAI', {token: 'x'})",
	"SHOW SETTINGS",
	"SHOW SETTINGS YIELD name, value RETURN name, value",
	"SHOW TRANSACTIONS",
	"SHOW USERS",
	"SHOW CURRENT USER",
	"SHOW PROCEDURES",
	"SHOW FUNCTIONS",
	"SHOW DATABASES",
	"SHOW INDEXES",
	"TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
	"SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t",
	"START DATABASE neo4j",
	"STOP DATABASE neo4j",
	"RETURN file()",
	"RETURN linenumber()",
	"RETURN db.nameFromElementId('4:x:1')",
	"RETURN graph.names()",
}

// hogs take work or memory out of proportion.
var hogs = []string{
	"RETURN any(x IN range(1, 1000000000) WHERE x < 0)",
	"RETURN reduce(s = 0, x IN range(1, 1000000000) | s + x)",
	"RETURN reduce(s = 'a', x IN range(1, 40) | s + s)",
	"RETURN size([x IN range(1, 1000000000) | x])",
	"RETURN size(range(1, 9223372036854775807))",
	"UNWIND range(1, 1000000000000) AS x RETURN count(x)",
	"RETURN range(0, 1e9)",
	"RETURN range(0, 0x7fffffff)",
	"RETURN range(0, 1_000_000_000)",
	"RETURN range(0, 100 * 1000000)",
	"RETURN range(-9007199254740993, 0)",
	"RETURN range(0, toInteger('1000000000'))",
	"WITH 1000000000 AS n RETURN range(0, n)",
	"RETURN range(0, $n)",
	"RETURN range(0, $text)",
	"RETURN none(x IN range(1, 1000) WHERE any(y IN range(1, 1000) WHERE all(z IN range(1, 1000) WHERE x + y + z > 0)))",
	"RETURN [x IN range(1, 1000) | [y IN range(1, 1000) | [z IN range(1, 1000) | x]]]",
	"RETURN (1) -[x IN range(0, 999) WHERE any(y IN range(0, 999) WHERE y > x)]",
	"WITH [1] AS l RETURN l[size([x IN l WHERE none(y IN l WHERE x = y)])]",
	"RETURN single(x IN [1, 2] WHERE size([y IN range(0, 9) WHERE y > x]) > 1)",
	"RETURN all(x IN range(0, 9999) WHERE EXISTS { MATCH (n) WHERE any(y IN range(0, 9999) WHERE y = n.id) })",
	"WITH range(0, 9999) AS l WITH [x IN l | l] AS l WITH [x IN l | l] AS l RETURN l",
	"WITH range(0, 9999) AS l RETURN [x IN range(0, 9999) | l]",
	"WITH [1] AS l" + strings.Repeat(" WITH [l, l] AS l", 13) + " RETURN l",
	"WITH {a: 1} AS m" + strings.Repeat(" WITH {a: m, b: m} AS m", 13) + " RETURN m",
	"WITH 'aaaaaaaa' AS s" + strings.Repeat(" WITH s + s + s AS s", 12) + " RETURN size(s)",
	"WITH 1 AS x" + strings.Repeat(" WITH x AS x", 30) + " RETURN x",
	"RETURN replace(replace('aaaaaaaaaa', 'a', 'aaaaaaaaaaaaaaaa'), 'a', 'aaaaaaaaaaaaaaaaaaaaaa')",
	"RETURN lpad('a', 2000000000, 'a')",
	"RETURN rpad('a', 2000000000, 'a')",
	"MATCH p = (a)-[*]-(b) RETURN p",
	"MATCH p = (a)-[*..]->(b) RETURN p",
	"MATCH p = (a)-[*1..]->(b) RETURN count(p)",
	"MATCH p = (a)-[*..30]->(b) RETURN count(p)",
	"MATCH p = (a)-[:TRANSFERS*2..1000]-(b) RETURN p",
	"MATCH p = (a)-[r *6]-(b) RETURN p",
	"MATCH p = shortestPath((a)-[*]-(b)) RETURN p",
	"MATCH p = allShortestPaths((a)-[:TRANSFERS*..99]-(b)) RETURN p",
	"MATCH p = SHORTEST 1 (a)((x)-->(y)){1,100}(b) RETURN p",
	"MATCH (a)((x)-[:TRANSFERS]->(y)){1,50}(b) RETURN count(*)",
	"MATCH (a)-[:TRANSFERS]->+(b) RETURN count(*)",
	"MATCH (a)-[:TRANSFERS]->{1,60}(b) RETURN count(*)",
	"MATCH (a)-[:TRANSFERS]->{,60}(b) RETURN count(*)",
	"MATCH (a)-[:TRANSFERS]->*(b) RETURN count(*)",
	"MATCH (a)-[:TRANSFERS]-+(b) RETURN count(*)",
	"MATCH (a)--+(b) RETURN count(*)",
	"MATCH (a) ((x)-[:TRANSFERS]->(y))+ (b) RETURN count(*)",
	"MATCH (a) ((x)-[:TRANSFERS]->(y))* (b) RETURN count(*)",
	"MATCH p = ANY SHORTEST (a)-[:TRANSFERS]->+(b) RETURN p",
	"RETURN " + strings.Repeat("(", 200) + "1" + strings.Repeat(")", 200),
	"RETURN '" + strings.Repeat("a", 20_000) + "'",
	"RETURN [(a)-[r]->(b) | b.name]",
	"MATCH (a) RETURN [p = (a)-[*]->(b) | p]",
	strings.Repeat("UNWIND [1, 2] AS x ", 9) + "RETURN 1",
}

// disguises hide a statement from a reader that looks for words.
var disguises = []struct {
	name string
	wear func(statement string) string
}{
	{"comments", func(s string) string { return strings.ReplaceAll(s, " ", "/* MATCH (n) RETURN n */") }},
	{"line comments", func(s string) string { return strings.ReplaceAll(s, " ", "//\n") }},
	{"mixed case", mixedCase},
	{"behind a read", func(s string) string { return "MATCH (n) WITH n LIMIT 1 " + s }},
	{"escapes by number", func(s string) string { return "\\u0043" + s[1:] }},
	{"fullwidth blanks", func(s string) string { return strings.Replace(s, " ", "\u3000", 1) }},
	{"no-break blanks", func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }},
	{"a comment that does not end", func(s string) string { return "/* " + s }},
	{"behind a string that ends in a backslash", func(s string) string { return "RETURN 'a\\\\' AS a " + s + " //'" }},
	{"within a subquery", func(s string) string { return "CALL { " + s + " RETURN 1 AS one } RETURN one" }},
}

func mixedCase(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i%2 == 0 {
			b.WriteString(strings.ToLower(string(r)))
		} else {
			b.WriteString(strings.ToUpper(string(r)))
		}
	}
	return b.String()
}

// Attacks are all of them, plain and in disguise. Host and file stand in the place
// of addresses to open and files to read.
func Attacks(host, file string) []Attack {
	var all []Attack
	for kind, statements := range map[string][]string{"write": writes, "read": reads, "hog": hogs} {
		for _, statement := range statements {
			statement = strings.NewReplacer("CANARYHOST", host, "CANARYFILE", file).Replace(statement)
			all = append(all, Attack{kind, statement})
			if kind == "hog" {
				continue
			}
			for _, d := range disguises {
				all = append(all, Attack{kind + " in " + d.name, d.wear(statement)})
			}
		}
	}
	return all
}

// Honest are statements that people ask.
var Honest = []string{
	"MATCH (n:Entity) RETURN count(n)",
	"match (a:Workload)-[t:TRANSFERS]->(b) where t.totalBytes > 10 return a.name, b.name, t.totalBytes order by t.totalBytes desc limit 10;",
	"MATCH (a)-[t:TRANSFERS*1..3]->(b:CloudEndpoint) RETURN a.id, b.id LIMIT 5",
	"MATCH p = shortestPath((a:Entity {id: $node})-[:TRANSFERS*..5]->(b)) WHERE a <> b RETURN p LIMIT 3",
	"MATCH (n) WHERE n.name STARTS WITH 'w' AND NOT n:Unknown RETURN n {.name, .kind} AS node",
	"UNWIND range(0, 9) AS i RETURN i, i * 2 + 1 AS odd, (i + 1) * (i - 2) - 3 AS some",
	"UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n",
	"MATCH (n:Entity) WITH n.kind AS kind, collect(n.name) AS names RETURN kind, names[0..3], size(names)",
	"MATCH (n:Entity) RETURN CASE WHEN n.kind = 'Workload' THEN 'mine' ELSE 'theirs' END AS whose, count(*)",
	"MATCH (n:Entity) WHERE EXISTS { (n)-[:TRANSFERS]->(:CloudEndpoint) } RETURN n.id",
	"MATCH (n:Entity) RETURN n.id, COUNT { (n)-[:TRANSFERS]->() } AS out",
	"MATCH (n:Entity) CALL { WITH n MATCH (n)-[t:TRANSFERS]->() RETURN sum(t.totalBytes) AS bytes } RETURN n.id, bytes",
	"MATCH (n:Entity) CALL (n) { MATCH (n)-[t:TRANSFERS]->() RETURN max(t.totalBytes) AS most } RETURN n.id, most",
	"MATCH (n:Entity) RETURN [x IN collect(n.name) WHERE x STARTS WITH 'w' | toUpper(x)] AS names",
	"MATCH (n:Entity) WITH collect(n) AS all RETURN any(x IN all WHERE x.kind = 'Workload')",
	"MATCH (n) RETURN n.name AS `set`, n.set, n.`create` AS `drop` // SET CREATE DELETE",
	"RETURN 'LOAD CSV FROM \"x\"; CREATE (n)' AS text",
	"MATCH (v:GraphVersion) RETURN v.number, v.digest ORDER BY v.number DESC LIMIT 1 UNION MATCH (v:GraphVersion) RETURN v.number, v.digest ORDER BY v.number LIMIT 1",
	"CALL db.labels() YIELD label RETURN label",
	"CALL db.relationshipTypes()",
	"OPTIONAL MATCH (n:Nothing) RETURN coalesce(n.name, 'none')",
	"RETURN {a: 1, set: 2} AS m, date('2026-11-23') AS day, [1, 2, 3][1] AS two",
}
