package filter

// ValuesOf are the values that a text field has on a transfer: that of the
// transfer, or those of both ends. Values that are not known are "".
func ValuesOf(f *Field, key string, t *Transfer, known Known) []string {
	c := &Condition{Field: f, Key: key}
	if !f.Sided {
		return []string{c.ofTransfer(t)}
	}
	var values []string
	for _, side := range []Side{Source, Destination} {
		values = append(values, c.endValues(t, side, known)...)
	}
	return values
}
