// Package cyphergate decides whether a person's Cypher may be run: it must read
// alone, in one statement, with functions off a list, and without an expression
// that takes work or memory out of proportion to its text.
//
// Why so strict: Neo4j Community has one role, admin. A read transaction refuses
// writes but lets LOAD CSV read files and open URLs, lets SHOW and TERMINATE
// through, and its timeout does not interrupt one long expression: a nested
// any() or reduce() over a large range holds a thread until it is done. What the
// text cannot tell (which operators it is planned into) is checked again by
// CheckPlan on what EXPLAIN says.
package cyphergate
