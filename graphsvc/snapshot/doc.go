// Package snapshot writes the graph of one window, as of one version, as a file:
// ndjson (which can be read back), Cypher, GraphML or CSV. The same graph gives
// the same bytes. docs/formats/snapshot.md describes them.
package snapshot
