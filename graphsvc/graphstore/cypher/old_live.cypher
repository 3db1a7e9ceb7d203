// Live relationships of an earlier release said what the last minute carried, too.
MATCH ()-[t:TRANSFERS]->()
WHERE t.lastBytes IS NOT NULL
WITH t LIMIT $limit
REMOVE t.lastBytes, t.lastCostNano
RETURN count(*)
