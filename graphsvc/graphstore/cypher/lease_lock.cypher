// Takes the lease's write lock until the transaction ends. What is read of the
// lease afterwards, by a statement of its own, stays true until then.
MERGE (l:FoldLease {name: 'fold'})
SET l.locked = timestamp()
