// Investigations are nodes linked to the incident that they are about and to what they cite.
CREATE CONSTRAINT investigation_id IF NOT EXISTS FOR (q:Investigation) REQUIRE q.id IS UNIQUE;
