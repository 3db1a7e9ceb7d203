// Package recording keeps what agents sent, and when, in a file, and plays it
// again at true pace through the real ingest: the demo of a machine where eBPF
// cannot run. docs/formats/recording.md describes the file.
package recording
