// Who holds the lease, in which term, and whether it has run out, all by the
// server's clock.
MATCH (l:FoldLease {name: 'fold'})
RETURN coalesce(l.holder, ''), coalesce(l.term, 0), coalesce(l.until, 0) > timestamp()
