package proof

import (
	"maps"
	"slices"
	"strings"
)

// compact makes a result short for reading: what is empty is left out, windows
// and single fields become one text, and lists of objects become tables.
func compact(tree any) any {
	switch tree := tree.(type) {
	case map[string]any:
		return compactObject(tree)
	case []any:
		return compactList(tree)
	default:
		return tree
	}
}

func compactObject(object map[string]any) any {
	if from, to := stringIn(object, "from"), stringIn(object, "to"); from != "" && to != "" && len(object) == 3 {
		if length := stringIn(object, "length"); length != "" {
			return from + " to " + to + ", " + length
		}
	}
	short := map[string]any{}
	for key, part := range object {
		if part = compact(part); !isEmpty(part) {
			short[key] = part
		}
	}
	for _, single := range []string{"id", "number", "name"} {
		if value, ok := short[single]; ok && len(short) == 1 {
			return value
		}
	}
	return short
}

func isEmpty(part any) bool {
	switch part := part.(type) {
	case string:
		return part == ""
	case []any:
		return len(part) == 0
	case map[string]any:
		return len(part) == 0
	default:
		return false // null is "not known", and false is an answer
	}
}

// table is a list of objects with each name once.
type table struct {
	Columns []string `json:"columns"`
	Rows    [][]any  `json:"rows"`
}

func compactList(list []any) any {
	const few = 2
	rows := make([]map[string]any, 0, len(list))
	names := map[string]bool{}
	for i := range list {
		object, isObject := list[i].(map[string]any)
		if !isObject {
			return list
		}
		row := map[string]any{}
		flatten("", object, row)
		for name := range row {
			names[name] = true
		}
		rows = append(rows, row)
	}
	if len(list) < few {
		for i := range list {
			list[i] = compact(list[i])
		}
		return list
	}
	columns := slices.Sorted(maps.Keys(names))
	t := table{Columns: shortNames(columns), Rows: make([][]any, len(rows))}
	for i, row := range rows {
		t.Rows[i] = make([]any, len(columns))
		for n, column := range columns {
			t.Rows[i][n] = row[column]
		}
	}
	return t
}

// flatten puts the fields of inner objects into the row, named by their way.
func flatten(prefix string, object, row map[string]any) {
	for key, part := range object {
		part = compact(part)
		if inner, isObject := part.(map[string]any); isObject {
			flatten(prefix+key+".", inner, row)
			continue
		}
		if !isEmpty(part) {
			row[prefix+key] = part
		}
	}
}

// shortNames drops the way in front of a column's name where the name alone is
// not another column's too.
func shortNames(columns []string) []string {
	last := func(column string) string { return column[strings.LastIndex(column, ".")+1:] }
	times := map[string]int{}
	for _, column := range columns {
		times[last(column)]++
	}
	short := make([]string, len(columns))
	for i, column := range columns {
		short[i] = column
		if times[last(column)] == 1 {
			short[i] = last(column)
		}
	}
	return short
}
