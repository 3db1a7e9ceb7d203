package pieces

// Change is what became of one edge's row. Was and Is say whether it carried
// something before and after; the row that is not is zero.
type Change struct {
	Before, After Row
	Was, Is       bool
}

// Diff returns what differs between two lists of rows in order of their edges,
// in that order.
func Diff(before, after []Row) []Change {
	var changes []Change
	for len(before) > 0 || len(after) > 0 {
		switch {
		case len(after) == 0 || len(before) > 0 && before[0].Edge < after[0].Edge:
			changes = append(changes, Change{Before: before[0], Was: true})
			before = before[1:]
		case len(before) == 0 || after[0].Edge < before[0].Edge:
			changes = append(changes, Change{After: after[0], Is: true})
			after = after[1:]
		default:
			if before[0] != after[0] {
				changes = append(changes, Change{Before: before[0], After: after[0], Was: true, Is: true})
			}
			before, after = before[1:], after[1:]
		}
	}
	return changes
}
