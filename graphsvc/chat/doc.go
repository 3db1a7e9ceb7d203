// Package chat is the investigator: it answers questions in words from stored
// GraphQL operations, by Claude where a key is set and by rules where none is.
//
// It sees nothing but the GraphQL executor, so that it can do no more than the
// asker could, and no operation writes. The model names figures by reference and
// package proof writes them; what it writes by hand is looked for in the results
// of the tools, and marked in the text where it is in none.
package chat
