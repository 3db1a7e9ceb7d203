// What each kind of path costs
MATCH ()-[t:TRANSFERS]->()
RETURN t.pathKind AS path, count(t) AS transfers, sum(t.totalBytes) AS bytes, sum(t.totalCostNano) AS costNano
ORDER BY costNano DESC, bytes DESC
