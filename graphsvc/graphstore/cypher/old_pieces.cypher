// One minute in the form before the packed pieces.
MATCH ()-[r:TRANSFERRED]->()
WHERE r.minute = $minute
RETURN r.edge, r.since, r.until, r.wireBytes, r.payloadBytes, r.packets, r.retransmittedPackets,
       r.connections, r.rttMicros, r.checkBytes, r.costNano, r.costRest
