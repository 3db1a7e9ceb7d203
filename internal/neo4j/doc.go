// Package neo4j is the one importer of the Neo4j driver. DB speaks Bolt to a
// Neo4j 5 server, whoever started it; Child starts Neo4j Community as a child
// process for the embedded default. Both paths run the same driver code.
package neo4j
