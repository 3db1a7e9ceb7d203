// Package spool keeps encoded batches on disk until the service has
// acknowledged them as durable.
//
// A spool is a directory of append-only segments and one mark. Every append is
// fsynced before it returns, so what Append accepted survives a power cut. A
// record is released by advancing the mark, which is fsynced before any segment
// is removed; a crash between the two sends the record again, and the service
// knows it by its key.
//
// When the spool is full the oldest records give way, not the newest: in an
// outage people need the present, and the minutes that are hours old are shown
// as partial anyway. Records that were ever sent stay, because the service may
// have stored them: dropping one could report bytes as lost that were counted.
//
// docs/formats/spool.md describes the files.
package spool
