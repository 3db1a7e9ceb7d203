package cyphergate

import (
	"fmt"
	"strings"
)

// Plan is what EXPLAIN says of a statement.
type Plan struct {
	// Kind is "r" for a statement that reads.
	Kind string
	// Operators are the names of all operators.
	Operators []string
	// EstimatedRows is the planner's estimate at the operator with the most rows.
	EstimatedRows float64
}

// maxEstimatedRows is where a statement would run into its time without any use.
const maxEstimatedRows = 1e9

// reading are parts of the names of operators that read what is in the graph.
var reading = []string{
	"Scan", "Seek", "Expand", "Apply", "HashJoin", "Aggregation", "Sort", "Top", "Distinct", "CountStore", "Optional", "Union", "ShortestPath",
}

// plain operators have no part of their own.
var plainOperators = map[string]bool{
	"ProduceResults": true, "Filter": true, "Projection": true, "Limit": true, "ExhaustiveLimit": true, "Skip": true, "CartesianProduct": true,
	"Argument": true, "Unwind": true, "Eager": true, "CacheProperties": true, "EmptyRow": true, "EmptyResult": true,
	"ProjectEndpoints": true, "AssertSameNode": true, "AssertSameRelationship": true, "NullifyMetadata": true,
	"ProcedureCall": true, // which one, the text has told
}

// writing are parts of names that are refused whatever else the name holds.
var writing = []string{"Create", "Merge", "Set", "Delete", "Remove", "Load", "Foreach", "Transaction", "Constraint", "Drop", "Show", "Terminate", "Repeat", "Trail"}

// CheckPlan refuses a plan with an operator that is not known to read alone.
func CheckPlan(p Plan) error {
	if p.Kind != "r" {
		return refused(-1, fmt.Sprintf("the statement is planned as %q and not as reading", p.Kind), "only reading is taken")
	}
	for _, full := range p.Operators {
		operator, _, _ := strings.Cut(full, "@")
		operator, _, _ = strings.Cut(operator, "(")
		if !reads(operator) {
			return refused(-1, fmt.Sprintf("the operator %s is not on the list of those that read", operator), "only reading is taken")
		}
	}
	if p.EstimatedRows > maxEstimatedRows {
		return refused(-1, fmt.Sprintf("the planner expects %.0e rows", p.EstimatedRows), "join the parts of the pattern, or narrow it with WHERE")
	}
	return nil
}

func reads(operator string) bool {
	for _, part := range writing {
		if strings.Contains(operator, part) {
			return false
		}
	}
	if plainOperators[operator] {
		return true
	}
	for _, part := range reading {
		if strings.Contains(operator, part) {
			return true
		}
	}
	return false
}
