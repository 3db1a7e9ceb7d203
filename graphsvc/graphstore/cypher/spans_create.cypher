// One relationship per edge and hour or day: the sums, and each part's share.
UNWIND range(0, size($relationships) - 1) AS i
MATCH (a)-[t]->(b)
WHERE id(t) = $relationships[i]
WITH a, t, b, i
WHERE t.id = $ids[i]
CREATE (a)-[:TRANSFERRED {
  edge: $ids[i], tier: $tier, from: $from, to: $to, since: $number,
  wireBytes: $wireBytes[i], payloadBytes: $payloadBytes[i], packets: $packets[i],
  retransmittedPackets: $retransmittedPackets[i], connections: $connections[i],
  rttMicros: CASE WHEN $rttMicros[i] = 0 THEN null ELSE $rttMicros[i] END,
  costNano: $costNanos[i], wireBytesEach: $wireBytesEach[i], costNanoEach: $costNanosEach[i]
}]->(b)
RETURN count(*)
