// The newest minute's traffic: the live totals rise and the last minute is this one.
UNWIND range(0, size($relationships) - 1) AS i
MATCH ()-[t]->()
WHERE id(t) = $relationships[i]
WITH t, i
WHERE t.id = $ids[i]
SET t.totalBytes = t.totalBytes + $bytesChanges[i],
    t.totalCostNano = t.totalCostNano + $costChanges[i],
    t.lastMinute = $minute, t.lastBytes = $wireBytes[i], t.lastCostNano = $costNanos[i]
RETURN count(*)
