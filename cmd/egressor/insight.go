package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/brief"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

func recommendCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var format string
	var full, applied bool
	cmd := &cobra.Command{
		Use:   "recommend",
		Short: "What would save money, the most saving first, with the patch that makes it and the one that undoes it",
		Long: `Each saving is what really moved, priced as it went and as it would go. Savings are
what is left after those before them, so that they add up. With --applied: what became
of those that the facts say were followed, measured against the prediction.`,
		Example:     "  egressor recommend\n  egressor recommend --full > savings.md\n  egressor recommend --applied",
		Args:        noArgs,
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withExplorer(cmd, settings, func(explorer *query.Explorer) error {
				if applied {
					return writeVerdicts(cmd, explorer, format, full)
				}
				found, err := explorer.Recommendations(cmd.Context())
				if err != nil {
					return err
				}
				if full {
					return writeEach(cmd.OutOrStdout(), found, brief.Recommendation)
				}
				return printRows(cmd.OutOrStdout(), format, []string{"id", "a month", "kind", "what"}, recommendationRows(found))
			})
		},
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().BoolVar(&full, "full", false, "all of each, as Markdown: reasons, assumptions, side effects, patches")
	cmd.Flags().BoolVar(&applied, "applied", false, "the verdicts on those that were followed")
	outputFlag(cmd, &format)
	addJudgements(cmd)
	return cmd
}

func writeVerdicts(cmd *cobra.Command, explorer *query.Explorer, format string, full bool) error {
	found, err := explorer.Verdicts(cmd.Context())
	if err != nil {
		return err
	}
	if full {
		return writeEach(cmd.OutOrStdout(), found, brief.Verdict)
	}
	rows := make([]row, len(found))
	for i := range found {
		v := &found[i]
		rows[i] = row{[]string{v.Recommendation, v.Applied.UTC().Format(time.RFC3339), v.State, v.Title, v.Summary}, v}
	}
	return printRows(cmd.OutOrStdout(), format, []string{"id", "followed since", "state", "what", "measured"}, rows)
}

func writeEach[T any](out io.Writer, list []T, write func(io.Writer, *T) error) error {
	for i := range list {
		if err := write(out, &list[i]); err != nil {
			return err
		}
	}
	return nil
}

func recommendationRows(found []model.Recommendation) []row {
	rows := make([]row, len(found))
	for i := range found {
		r := &found[i]
		rows[i] = row{[]string{r.ID, brief.Amount(r.Monthly, r.Currency), r.Kind, r.Title}, r}
	}
	return rows
}

func investigateCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var id, format string
	cmd := &cobra.Command{
		Use:   "investigate [QUESTION]",
		Short: "Answer by rules: which incident a question is about and why it happened, or what would save money",
		Long: `Without a model: the words of the question decide between incidents and savings, and
names of workloads in it narrow them down. Every figure is one that the graph holds.
With --anomaly: that incident.`,
		Example:     "  egressor investigate \"why did traffic to search triple?\"\n  egressor investigate --anomaly i3f2a9c1d0e4b5a67",
		Args:        cobra.MaximumNArgs(1),
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, args []string) error {
			if (id == "") == (len(args) == 0) {
				return usage(errors.New("give either a question or --anomaly ID"))
			}
			return withExplorer(cmd, settings, func(explorer *query.Explorer) error {
				if id != "" {
					return investigateOne(cmd, explorer, id, format)
				}
				return investigate(cmd, explorer, args[0], format)
			})
		},
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&id, "anomaly", "", "id of the incident")
	outputFlag(cmd, &format)
	return cmd
}

func investigateOne(cmd *cobra.Command, explorer *query.Explorer, id, format string) error {
	incident, err := explorer.Incident(cmd.Context(), id)
	if err != nil {
		return err
	}
	if incident == nil {
		return fmt.Errorf("no incident %q: `egressor investigate \"what happened?\"` shows the last ones with their ids", id)
	}
	return printIncidents(cmd, []model.Incident{*incident}, format)
}

func printIncidents(cmd *cobra.Command, incidents []model.Incident, format string) error {
	if format == "table" {
		return writeEach(cmd.OutOrStdout(), incidents, brief.Incident)
	}
	rows := make([]row, len(incidents))
	for i := range incidents {
		n := &incidents[i]
		rows[i] = row{[]string{n.ID, n.Since.String(), brief.Amount(n.ImpactPerDay, n.Currency), n.Kind, n.Title, n.Conclusion}, n}
	}
	return printRows(cmd.OutOrStdout(), format, []string{"id", "since", "a day", "kind", "what", "why"}, rows)
}

// investigate answers a question by rules.
func investigate(cmd *cobra.Command, explorer *query.Explorer, question, format string) error {
	ask := brief.Understand(question)
	fmt.Fprintln(cmd.ErrOrStderr(), "answered by rules, without a model: "+ask.String())
	if ask.Savings {
		found, err := explorer.Recommendations(cmd.Context())
		if err != nil {
			return err
		}
		found = ask.Recommendations(found)
		if format == "table" {
			return writeEach(cmd.OutOrStdout(), found, brief.Recommendation)
		}
		return printRows(cmd.OutOrStdout(), format, []string{"id", "a month", "kind", "what"}, recommendationRows(found))
	}
	incidents, err := explorer.Incidents(cmd.Context(), model.IncidentPlace{}, query.MaxIncidents)
	if err != nil {
		return err
	}
	incidents = ask.Incidents(incidents)
	if len(incidents) == 0 {
		_, err := fmt.Fprintln(cmd.OutOrStdout(), "no incident of the last ones fits the question")
		return err
	}
	return printIncidents(cmd, incidents, format)
}

func reportCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var format string
	var days int
	cmd := &cobra.Command{
		Use:         "report",
		Short:       "The week for Monday: what was spent, what happened and why, what would save money",
		Example:     "  egressor report --format html > week.html",
		Args:        noArgs,
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, _ []string) error {
			const most = 31
			if format != "markdown" && format != "html" {
				return usage(fmt.Errorf("--format %q: want markdown or html", format))
			}
			if days < 1 || days > most {
				return usage(fmt.Errorf("--days %d: want 1 to %d", days, most))
			}
			return withExplorer(cmd, settings, func(explorer *query.Explorer) error {
				week, err := weekOf(cmd.Context(), explorer, days)
				if err != nil {
					return err
				}
				if format == "html" {
					return week.HTML(cmd.OutOrStdout())
				}
				return week.Markdown(cmd.OutOrStdout())
			})
		},
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&format, "format", "markdown", "markdown or html")
	cmd.Flags().IntVar(&days, "days", 7, "how many days until now")
	return cmd
}

func weekOf(ctx context.Context, explorer *query.Explorer, days int) (*brief.Week, error) {
	window, err := explorer.Window(ctx, query.Ask{})
	if err != nil {
		return nil, err
	}
	week := &brief.Week{From: window.To - model.Minute(days*24*60), To: window.To}
	totals, currency, err := explorer.Totals(ctx, query.Ask{From: week.From.Start(), To: week.To.Start()})
	if err != nil {
		return nil, err
	}
	week.Currency = currency
	for _, total := range totals {
		week.BytesMoved += total.Bytes
		if week.Spent, err = week.Spent.Add(total.Cost); err != nil {
			return nil, err
		}
	}
	all, err := explorer.Incidents(ctx, model.IncidentPlace{}, query.MaxIncidents)
	if err != nil {
		return nil, err
	}
	for _, incident := range all {
		if incident.Since >= week.From || incident.Until == 0 || incident.Until > week.From {
			week.Incidents = append(week.Incidents, incident)
		}
	}
	if week.Recommendations, err = explorer.Recommendations(ctx); err != nil {
		return nil, err
	}
	week.Verdicts, err = explorer.Verdicts(ctx)
	return week, err
}
