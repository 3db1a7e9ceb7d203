// The relationships of one hour or day as true in version $asOf. All have an edge: the
// index is asked only where all that it holds is.
MATCH ()-[r:TRANSFERRED]->()
USING INDEX SEEK r:TRANSFERRED(from, edge)
WHERE r.from = $from AND r.edge IS NOT NULL AND r.tier = $tier AND r.since <= $asOf AND (r.until IS NULL OR r.until > $asOf)
RETURN r.edge, r.wireBytes, r.payloadBytes, r.packets, r.retransmittedPackets, r.connections, r.rttMicros,
       r.costNano, r.wireBytesEach, r.costNanoEach
