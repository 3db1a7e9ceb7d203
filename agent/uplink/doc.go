// Package uplink sends what the spool holds to the ingest, in order, and
// releases each record when the ingest has answered that it is durable.
//
// It promises at least once: after any break it begins again at the oldest
// record without an answer, and the ingest's ledger makes repeats harmless. A
// batch that the ingest refuses is tried a few times, because a service that is
// being rolled back may know less than its successor; then it is set aside and
// reported, so that it never stops the ones behind it.
package uplink
