// Package chat is the investigator: it answers questions in words from stored
// GraphQL operations, by Claude where a key is set and by rules where none is.
//
// It sees nothing but the GraphQL executor, so that it can do no more than the
// asker could, and no operation writes. Every number that an answer contains
// is looked for in the results of the tools; those that are in none are listed
// beside the answer.
package chat
