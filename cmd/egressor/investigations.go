package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const investigationFields = `id state occasion by startedAt incident version question answer failure`

var investigationColumns = [][2]string{{"id", "id"}, {"state", "state"}, {"why", "occasion"}, {"by", "by"}, {"started", "startedAt"}, {"version", "version"}, {"question", "question"}}

func investigationsCommand() *cobra.Command {
	list := asked{
		use: "investigations", short: "Investigations of incidents, which start by themselves, and questions that people asked, newest first", args: cobra.NoArgs,
		example:  "  egressor investigations start --incident i3f2a9c1d0e4b5a67\n  egressor investigations show q3f2a9c1d0e4b5a67\n  egressor investigations replay q3f2a9c1d0e4b5a67",
		document: `{ investigations { nodes: edges { node { ` + investigationFields + ` } } } }`, at: "investigations.nodes",
		columns: within("node", investigationColumns),
	}.command()
	var incident, key string
	list.AddCommand(
		asked{
			use: "start [QUESTION]", short: "Put a question on the record; it is answered in the background", args: cobra.MaximumNArgs(1),
			flags: func(flags *pflag.FlagSet) {
				flags.StringVar(&incident, "incident", "", "id of the incident that it is about")
				flags.StringVar(&key, "key", "", "of your choice: sent twice with one key, it is done once")
			},
			document: `mutation($question: String!, $incident: ID, $key: String) { startInvestigation(question: $question, incident: $incident, key: $key) { ` + investigationFields + ` } }`,
			variables: func(args []string) (map[string]any, error) {
				variables := map[string]any{"question": ""}
				if len(args) > 0 {
					variables["question"] = args[0]
				}
				for name, value := range map[string]string{"incident": incident, "key": key} {
					if value != "" {
						variables[name] = value
					}
				}
				return variables, nil
			},
			at: "startInvestigation", columns: investigationColumns,
		}.command(),
		investigationCommand(),
		investigationReplayCommand(),
	)
	return list
}

func investigationCommand() *cobra.Command {
	var service remote
	var format string
	cmd := &cobra.Command{
		Use: "show ID", Short: "One investigation as a document: question, answer, version and evidence, as far as it has come", Args: oneArg,
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, args []string) error {
			var answer struct {
				Investigation *struct {
					ID, State, Occasion, By, StartedAt, Question, Answer, Failure, Markdown string
					Incident                                                                *string
					Version                                                                 *uint64
				}
			}
			if err := service.ask(cmd.Context(), `query($id: ID!) { investigation(id: $id) { `+investigationFields+` markdown } }`, map[string]any{"id": args[0]}, &answer); err != nil {
				return err
			}
			found := answer.Investigation
			if found == nil {
				return noInvestigation(args[0])
			}
			if format == "table" {
				_, err := fmt.Fprint(cmd.OutOrStdout(), found.Markdown)
				return err
			}
			return printRows(cmd.OutOrStdout(), format, []string{"id", "state", "why", "by", "started", "question", "answer"},
				[]row{{[]string{found.ID, found.State, found.Occasion, found.By, found.StartedAt, found.Question, found.Answer}, found}})
		},
	}
	service.addFlags(cmd.Flags())
	outputFlag(cmd, &format)
	return cmd
}

func investigationReplayCommand() *cobra.Command {
	var service remote
	cmd := &cobra.Command{
		Use: "replay ID", Short: "Ask an investigation of an incident again at its version, and hold the answer against the one on the record",
		Long: `Prints the answer of now: the incident as it was known then, and the graph as of the
version that the investigation names. It ends with 1 where the answer is not, letter by
letter, the one on the record, or where the version's minutes are not kept any more.
What people asked, and what a model answered, cannot be replayed.`,
		Args: oneArg, Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, args []string) error {
			var answer struct {
				Investigation *struct {
					Replay *struct {
						Answer string
						Same   bool
					}
				}
			}
			if err := service.ask(cmd.Context(), `query($id: ID!) { investigation(id: $id) { replay { answer same } } }`, map[string]any{"id": args[0]}, &answer); err != nil {
				return err
			}
			if answer.Investigation == nil {
				return noInvestigation(args[0])
			}
			again := answer.Investigation.Replay
			if again == nil {
				return fmt.Errorf("investigation %s was asked by somebody: only those that an incident started can be replayed; `egressor investigations show` has its evidence", args[0])
			}
			if _, err := fmt.Fprintln(cmd.OutOrStdout(), again.Answer); err != nil {
				return err
			}
			if !again.Same {
				return fmt.Errorf("the answer is not the one on the record: compare it with `egressor investigations show %s`", args[0])
			}
			_, err := fmt.Fprintln(cmd.ErrOrStderr(), "letter by letter as it is on the record")
			return err
		},
	}
	service.addFlags(cmd.Flags())
	return cmd
}

func noInvestigation(id string) error {
	return fmt.Errorf("no investigation %q that you may see: `egressor investigations` lists them", id)
}
