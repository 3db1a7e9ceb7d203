// Package brief writes incidents and recommendations for people: what, since
// when, who, how much a day, why we think so, what to do, how to undo it. As
// Markdown for a terminal and a ticket, and as one HTML file for a week's report.
package brief
