// Gives the lease to a holder for some milliseconds from now, by the server's clock.
MATCH (l:FoldLease {name: 'fold'})
SET l.holder = $holder, l.term = $term, l.until = timestamp() + $milliseconds
