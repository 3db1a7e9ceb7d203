// Package ingest takes batches from agents over gRPC, stores each exactly once
// and answers when it is durable.
//
// The order is fixed: check, look up in the ledger, append, acknowledge. An
// agent that hears nothing sends again, and the ledger makes a repeat harmless.
package ingest
