// Package graphstore keeps the versioned transfer graph in Neo4j: one
// transaction per version, and reads as of any version. docs/formats/graph.md
// describes the nodes and relationships. Every statement is a file of its own
// in cypher/.
package graphstore
