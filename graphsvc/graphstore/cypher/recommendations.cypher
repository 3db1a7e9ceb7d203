// Recommendations that are made now, the most saving first.
MATCH (r:Recommendation) WHERE r.current
RETURN r {.*, shifts: []} ORDER BY r.rank
