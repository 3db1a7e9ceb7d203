// Package app is the agent: it reads the probe once per window, meters what is
// new, and hands batches to the spool, from where the uplink sends them.
//
//	Source -> metering -> batch -> spool -> uplink -> ingest
//
// A byte is counted once it is in a batch that the spool has synced; until then
// the kernel still has it. Whatever is lost on the way is a model.Loss in a
// later batch.
package app
