package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/graphsvc/verify"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/model"
)

// verifyLookBack is how far back verify looks where --from is not given.
const verifyLookBack = 24 * time.Hour

func verifyCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var from, to, format string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Fold every version again from the raw rows and compare digests, chain, series and graph",
		Long: `Reads, for every version of the minutes asked for, exactly the batches and facts
that it was folded from, folds and prices them again, and compares: the input, the
content and the chained digest; the stored minute series; the graph. Exit code 1
when anything differs, 4 when some raw rows are past their retention and only the
digests could be compared.

Connects to the stores of a running service, or starts the embedded ones.`,
		Example: "  egressor verify --data /var/lib/egressor --from 2026-11-23T10:00:00Z",
		Args:    noArgs,

		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, _ []string) error {
			first, last, err := minutesOf(from, to, time.Now())
			if err != nil {
				return usage(err)
			}
			return runVerify(cmd, settings, first, last, format)
		},
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&from, "from", "", "first minute, RFC 3339; default a day ago")
	cmd.Flags().StringVar(&to, "to", "", "end of the minutes, RFC 3339; default now")
	outputFlag(cmd, &format)
	return cmd
}

// minutesOf reads --from and --to.
func minutesOf(from, to string, now time.Time) (first, last model.Minute, err error) {
	begin, end := now.Add(-verifyLookBack), now
	if from != "" {
		if begin, err = time.Parse(time.RFC3339, from); err != nil {
			return 0, 0, fmt.Errorf("--from: %w", err)
		}
	}
	if to != "" {
		if end, err = time.Parse(time.RFC3339, to); err != nil {
			return 0, 0, fmt.Errorf("--to: %w", err)
		}
	}
	if !begin.Before(end) {
		return 0, 0, fmt.Errorf("--from %s does not lie before --to %s", begin.Format(time.RFC3339), end.Format(time.RFC3339))
	}
	return model.MinuteOf(begin), model.MinuteOf(end) + 1, nil
}

func runVerify(cmd *cobra.Command, settings app.Config, first, last model.Minute, format string) error {
	reporter, err := reporterOf(cmd)
	if err != nil {
		return err
	}
	stores, err := storesOf(settings, reporter)
	if err != nil {
		return err
	}
	prices, err := terms.New(settings.Prices, stores.Flows)
	if err != nil {
		return usage(err)
	}
	return component.Once(cmd.Context(), reporter.Log("verify"), func() error {
		verifier := verify.Verifier{Flows: stores.Flows, Graph: stores.Graphs(), Terms: prices}
		var rows []row
		wrong, partial := 0, 0
		err := verifier.Run(cmd.Context(), first, last, func(checked verify.Checked) {
			if len(checked.Problems) > 0 {
				wrong++
			}
			if checked.Note != "" {
				partial++
			}
			rows = append(rows, checkedRow(checked))
		})
		if err != nil {
			return err
		}
		if err := printRows(cmd.OutOrStdout(), format, []string{"version", "kind", "minute", "bytes", "digest", "verdict"}, rows); err != nil {
			return err
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "%d versions checked, %d differ, %d proven in part\n", len(rows), wrong, partial)
		if wrong > 0 {
			return fmt.Errorf("%d of %d versions are not what their inputs say", wrong, len(rows))
		}
		if partial > 0 {
			return exitcode.With(exitcode.Partial, fmt.Errorf("%d of %d versions could be proven only in part", partial, len(rows)))
		}
		return nil
	}, stores.Parts...)
}

func checkedRow(checked verify.Checked) row {
	v := checked.Version
	verdict := "equal"
	if checked.Note != "" {
		verdict += "; " + checked.Note
	}
	if len(checked.Problems) > 0 {
		verdict = strings.Join(checked.Problems, "; ")
	}
	problems := checked.Problems
	if problems == nil {
		problems = []string{}
	}
	return row{
		cells: []string{
			strconv.FormatUint(v.Number, 10), string(v.Kind), v.From.String(),
			strconv.FormatUint(v.Totals.Sent.WireBytes, 10), string(v.Digest[:min(12, len(v.Digest))]), verdict,
		},
		object: map[string]any{
			"version": v.Number, "kind": v.Kind, "minute": v.From.String(), "wireBytes": v.Totals.Sent.WireBytes,
			"digest": v.Digest, "equal": len(checked.Problems) == 0, "problems": problems, "note": checked.Note,
		},
	}
}
