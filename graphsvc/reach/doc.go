// Package reach answers questions that follow transfers from node to node:
// paths, neighbourhoods, who depends on what, what is shared, who talks across
// zones in circles.
//
// It works in memory on the edges of one window as of one version, and not in
// Cypher, for three reasons. History is kept in pieces that must be cut to a
// window and a version and summed exactly before they are edges at all; the
// in-memory edges are that already, and are shared by all who ask. Cypher's
// variable-length patterns enumerate trails without a bound on work, where every
// function here counts its steps and stops. And Neo4j Community has no graph
// algorithms of its own, while a search of 30,000 edges takes milliseconds.
package reach
