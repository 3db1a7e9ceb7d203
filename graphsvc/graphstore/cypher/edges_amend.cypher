// An older minute's traffic, or a corrected one's: the live totals change by the
// difference, and the last minute where it is not newer.
UNWIND range(0, size($relationships) - 1) AS i
MATCH ()-[t]->()
WHERE id(t) = $relationships[i]
WITH t, i
WHERE t.id = $ids[i]
SET t.totalBytes = t.totalBytes + $bytesChanges[i],
    t.totalCostNano = t.totalCostNano + $costChanges[i]
FOREACH (_ IN CASE WHEN t.lastMinute = $minute OR $carried[i] AND coalesce(t.lastMinute, -1) < $minute THEN [1] ELSE [] END |
  SET t.lastMinute = $minute, t.lastBytes = $wireBytes[i], t.lastCostNano = $costNanos[i])
RETURN count(*)
