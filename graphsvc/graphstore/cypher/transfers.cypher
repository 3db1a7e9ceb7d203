// Every edge of some minutes, summed, as true in version $asOf. The rest of
// the cost is summed in two parts of 2^26, since the sum of the whole overflows.
MATCH ()-[r:TRANSFERRED]->()
WHERE r.minute >= $from AND r.minute < $to
  AND r.since <= $asOf AND (r.until IS NULL OR r.until > $asOf)
RETURN r.edge,
       sum(r.wireBytes), sum(r.payloadBytes), sum(r.packets), sum(r.retransmittedPackets),
       sum(r.connections), max(r.rttMicros), sum(r.checkBytes), count(r.checkBytes) = count(*),
       sum(r.costNano), sum(r.costRest / 67108864), sum(r.costRest % 67108864)
