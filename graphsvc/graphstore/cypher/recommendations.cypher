// Recommendations that are made now, the most saving first.
MATCH (r:Recommendation) WHERE r.current
RETURN properties(r) ORDER BY r.rank
