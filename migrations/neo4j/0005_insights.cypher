// Incidents with their anomalies and findings, and recommendations, are nodes linked to what they speak of.
CREATE CONSTRAINT incident_id IF NOT EXISTS FOR (i:Incident) REQUIRE i.id IS UNIQUE;
CREATE CONSTRAINT recommendation_id IF NOT EXISTS FOR (r:Recommendation) REQUIRE r.id IS UNIQUE;
CREATE INDEX incident_since IF NOT EXISTS FOR (i:Incident) ON (i.since);
