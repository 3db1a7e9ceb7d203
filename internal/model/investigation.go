package model

import "time"

// Investigation is an answered question as a node of the graph, linked to what it cites.
// Its evidence is on the record, under the same id.
type Investigation struct {
	ID, Question string
	// Incident is the id of the incident that it is about, "" for none.
	Incident string
	// Occasion is asked, opened, cause-changed or ended.
	Occasion string
	// By is who asked, Engine rules or claude.
	By, Engine         string
	StartedAt, EndedAt time.Time
	// Version is the graph version that the answer is about, From and To what of it was
	// looked at, 0 where the question does not say.
	Version  uint64
	From, To Minute
	// Answer is Markdown.
	Answer string
	// Entities and Revisions are the ids of the nodes and rollouts that it cites.
	Entities, Revisions []string
}
