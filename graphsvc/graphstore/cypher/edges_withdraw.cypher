// Edges that a refold found to have carried nothing in a minute after all.
UNWIND range(0, size($ids) - 1) AS i
MATCH ()-[t:TRANSFERS {id: $ids[i]}]->()
SET t.totalBytes = t.totalBytes + $bytesChanges[i],
    t.totalCostNano = t.totalCostNano + $costChanges[i]
FOREACH (_ IN CASE WHEN t.lastMinute = $minutes[i] THEN [1] ELSE [] END |
  SET t.lastBytes = 0, t.lastCostNano = 0)
RETURN count(*)
