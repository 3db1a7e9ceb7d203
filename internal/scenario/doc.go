// Package scenario reads the scenario language: a plain-text .txtar file with a
// story, an inventory, a cloud topology, flows, and the graph, the bill and the
// findings that they must lead to. docs/formats/scenario.md describes it for
// people who write one. Run folds a scenario without any store; Batches gives
// the same scenario to the real ingest.
package scenario
