// The newest verdicts.
MATCH (v:Verdict)
RETURN properties(v) ORDER BY v.applied DESC, v.recommendation LIMIT $limit
