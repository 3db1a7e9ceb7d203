// The relationships of one hour or day as true in version $asOf.
MATCH ()-[r:TRANSFERRED]->()
WHERE r.from = $from AND r.tier = $tier AND r.since <= $asOf AND (r.until IS NULL OR r.until > $asOf)
RETURN r.edge, r.wireBytes, r.payloadBytes, r.packets, r.retransmittedPackets, r.connections, r.rttMicros,
       r.costNano, r.wireBytesEach, r.costNanoEach
