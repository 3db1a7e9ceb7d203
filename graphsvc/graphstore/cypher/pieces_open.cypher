// What is true now of some minutes: the pieces that no later version closed.
MATCH ()-[r:TRANSFERRED]->()
WHERE r.minute >= $from AND r.minute < $to AND r.until IS NULL
RETURN elementId(r), r.edge, r.minute,
       r.wireBytes, r.payloadBytes, r.packets, r.retransmittedPackets,
       r.connections, r.rttMicros, r.checkBytes, r.costNano, r.costRest
