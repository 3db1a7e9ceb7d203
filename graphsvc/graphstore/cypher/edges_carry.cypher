// A minute's traffic: the live totals rise by the change, and history gets one
// piece per edge and minute. One index seek serves both.
UNWIND range(0, size($ids) - 1) AS i
MATCH (a)-[t:TRANSFERS {id: $ids[i]}]->(b)
SET t.totalBytes = t.totalBytes + $bytesChanges[i],
    t.totalCostNano = t.totalCostNano + $costChanges[i]
FOREACH (_ IN CASE WHEN t.lastMinute IS NULL OR t.lastMinute <= $minutes[i] THEN [1] ELSE [] END |
  SET t.lastMinute = $minutes[i], t.lastBytes = $wireBytes[i], t.lastCostNano = $costNanos[i])
CREATE (a)-[:TRANSFERRED {
  edge: $ids[i], minute: $minutes[i], since: $number,
  wireBytes: $wireBytes[i], payloadBytes: $payloadBytes[i], packets: $packets[i],
  retransmittedPackets: $retransmittedPackets[i], connections: $connections[i],
  rttMicros: CASE WHEN $rttMicros[i] = 0 THEN null ELSE $rttMicros[i] END,
  checkBytes: CASE WHEN $checkBytes[i] < 0 THEN null ELSE $checkBytes[i] END,
  costNano: $costNanos[i], costRest: $costRests[i]
}]->(b)
RETURN count(*)
