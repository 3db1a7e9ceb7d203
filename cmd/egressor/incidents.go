package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const incidentFields = `id state title since impactPerDay { display } impactPerDayRange { low { display } high { display } percent } decisions { action by at note } investigations { id occasion startedAt version }`

var incidentColumns = [][2]string{{"id", "id"}, {"state", "state"}, {"since", "since"}, {"a day", "impactPerDay.display"}, {"a day from", "impactPerDayRange.low.display"}, {"a day to", "impactPerDayRange.high.display"}, {"what", "title"}}

func incidentsCommand() *cobra.Command {
	list := asked{
		use: "incidents", short: "Incidents of a running service, newest first, and what people made of them", args: cobra.NoArgs,
		example:  "  egressor incidents\n  egressor incidents ack i3f2a9c1d0e4b5a67 --note 'rolled back at 10:20'",
		document: `{ incidents(first: 100) { nodes: edges { node { ` + incidentFields + ` } } } }`, at: "incidents.nodes",
		columns: within("node", incidentColumns),
	}.command()
	for _, verb := range [][3]string{
		{"ack", "acknowledgeIncident", "Say that somebody looks into an incident"},
		{"resolve", "resolveIncident", "Say that nothing more is to be done about an incident"},
		{"reopen", "reopenIncident", "Take back what was said of an incident"},
	} {
		list.AddCommand(judging(verb, incidentFields, incidentColumns))
	}
	return list
}

// judging is a command that says something of one thing by its id.
func judging(verb [3]string, fields string, columns [][2]string) *cobra.Command {
	var words said
	return asked{
		use: verb[0] + " ID", short: verb[2], args: cobra.ExactArgs(1), flags: words.addFlags,
		document:  `mutation($id: ID!, $note: String!, $key: String) { ` + verb[1] + `(id: $id, note: $note, key: $key) { ` + fields + ` } }`,
		variables: func(args []string) (map[string]any, error) { return words.of("id", args[0]), nil },
		at:        verb[1], columns: columns,
	}.command()
}

func within(object string, columns [][2]string) [][2]string {
	inside := make([][2]string, len(columns))
	for i, column := range columns {
		inside[i] = [2]string{column[0], object + "." + column[1]}
	}
	return inside
}

const recommendationFields = `id state title monthly { display } decisions { action by at note until }`

var recommendationColumns = [][2]string{{"id", "id"}, {"state", "state"}, {"a month", "monthly.display"}, {"what", "title"}}

// addJudgements are what can be said of a recommendation.
func addJudgements(recommend *cobra.Command) {
	recommend.AddCommand(
		judging([3]string{"accept", "acceptRecommendation", "Say that a recommendation will be followed"}, recommendationFields, recommendationColumns),
		judging([3]string{"reopen", "reopenRecommendation", "Take back what was said of a recommendation"}, recommendationFields, recommendationColumns),
		dismissCommand(),
	)
}

func dismissCommand() *cobra.Command {
	var reason, key string
	var until timeFlag
	return asked{
		use: "dismiss ID --reason TEXT", short: "Say that a recommendation will not be followed, and why", args: cobra.ExactArgs(1),
		example: "  egressor recommend dismiss r91c2 --reason 'the NAT goes in March' --until 2027-03-31T00:00:00Z",
		flags: func(flags *pflag.FlagSet) {
			flags.StringVar(&reason, "reason", "", "why not")
			flags.Var(&until, "until", "when it is to be looked at again; left out: never")
			flags.StringVar(&key, "key", "", "of your choice: sent twice with one key, it is done once")
		},
		document: `mutation($id: ID!, $reason: String!, $until: DateTime, $key: String) { dismissRecommendation(id: $id, reason: $reason, until: $until, key: $key) { ` + recommendationFields + ` } }`,
		variables: func(args []string) (map[string]any, error) {
			variables := map[string]any{"id": args[0], "reason": strings.TrimSpace(reason)}
			if !until.IsZero() {
				variables["until"] = until.Time
			}
			if key != "" {
				variables["key"] = key
			}
			return variables, nil
		},
		at: "dismissRecommendation", columns: recommendationColumns,
	}.command()
}
