// Package model is the vocabulary shared by the agent, the services and the
// tools: what a flow, a loss, a fact, an identity and an edge are. It holds
// values and their stable text forms only: no clock, no I/O, no third-party
// import.
package model
