// What is true now, without a look at history, largest total first.
MATCH ()-[t:TRANSFERS]->()
WHERE t.totalBytes > 0
RETURN t.id, t.since, t.lastMinute, t.totalBytes, t.totalCostNano
ORDER BY t.totalBytes DESC, t.id
LIMIT $limit
