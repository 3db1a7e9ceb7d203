// An older minute's traffic, or a corrected one's: the live totals change by the
// difference, and the last minute where it is newer.
UNWIND range(0, size($relationships) - 1) AS i
MATCH ()-[t]->()
WHERE id(t) = $relationships[i]
WITH t, i
WHERE t.id = $ids[i]
SET t += {
  totalBytes: t.totalBytes + $bytesChanges[i],
  totalCostNano: t.totalCostNano + $costChanges[i],
  lastMinute: CASE WHEN $carried[i] AND coalesce(t.lastMinute, -1) < $minute THEN $minute ELSE t.lastMinute END
}
RETURN count(*)
