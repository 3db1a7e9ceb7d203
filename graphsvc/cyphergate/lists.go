package cyphergate

import "strings"

// refusedWords begin clauses that write, administer, read from outside, or tell
// the planner what to do. They may still be names of properties, behind a point
// or in backticks.
var refusedWords = set(`create merge set delete detach remove drop foreach load csv use show terminate alter grant deny
	revoke start stop enable rename insert profile explain cypher using transactions transaction concurrent periodic commit
	reduce finish shortest groups deallocate dryrun reallocate`)

// clauseWords may stand before a parenthesis without being a function.
var clauseWords = set(`match optional where and or not xor in with return case when then else by limit skip offset on as is
	distinct unwind union call contains starts ends exists count collect order asc desc any all`)

// functions that people may call: each takes work and memory in proportion to its
// arguments. replace, lpad and rpad multiply sizes; everything with a namespace
// may do anything.
var functions = set(`count sum avg min max collect stdev stdevp percentilecont percentiledisc
	size length type labels keys properties nodes relationships startnode endnode id elementid exists
	head last tail reverse coalesce nullif isempty range
	abs ceil floor round sign sqrt exp log log10 pi e isnan
	tostring tointeger tofloat toboolean tostringornull tointegerornull tofloatornull tobooleanornull tolower toupper lower upper
	trim ltrim rtrim btrim substring left right split
	date datetime time localtime localdatetime duration timestamp
	any all none single shortestpath allshortestpaths`)

// procedures that people may call: they list names.
var procedures = set("db.labels db.relationshiptypes db.propertykeys")

// iterations are functions that run an expression for each element of a list.
var iterations = set("any all none single")

func set(names string) map[string]bool {
	found := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		found[name] = true
	}
	return found
}
