// The newest minute's traffic: the live totals rise and the last minute is this one.
// One map, so that the relationship's properties are gone through once.
UNWIND range(0, size($relationships) - 1) AS i
MATCH ()-[t]->()
WHERE id(t) = $relationships[i]
WITH t, i
WHERE t.id = $ids[i]
SET t += {
  totalBytes: t.totalBytes + $bytesChanges[i],
  totalCostNano: t.totalCostNano + $costChanges[i],
  lastMinute: $minute
}
RETURN count(*)
