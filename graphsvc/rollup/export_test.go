package rollup

// Runs is a set of batches, for tests.
type Runs = runs

// With, Without and Holds are the set's operations on one source.
func (r runs) With(source uint32, first, last uint64) Runs { return r.with(run{source, first, last}) }
func (r runs) Without(other Runs) Runs                     { return r.without(other) }
func (r runs) Holds(source uint32, sequence uint64) bool   { return r.holds(source, sequence) }
