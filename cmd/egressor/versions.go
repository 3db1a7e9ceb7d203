package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/model"
)

// versionList is which versions are listed.
type versionList struct {
	since, until string
	before       uint64
	limit        int
	pinned       bool
	format       string
}

func versionsCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var list versionList
	cmd := &cobra.Command{
		Use:   "versions",
		Short: "List the graph's versions, oldest first, or what is pinned",
		Long: `Lists the versions of the minutes from --since to --until, compactions of them
included. Of more than --limit the newest are listed, and standard error says with
which --before the next page begins.

--pinned lists what is held beyond retention instead, and who holds it: incidents
pin what they cite, people with "egressor pin".`,
		Example: "  egressor versions --since 72h --limit 500\n  egressor versions --since 2026-11-23T10:00:00Z --until 2026-11-23T11:00:00Z -o csv\n  egressor versions --pinned",
		Args:    noArgs,

		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, _ []string) error {
			from, to, err := list.minutes(time.Now())
			if err != nil {
				return usage(err)
			}
			return withStores(cmd, settings, func(stores *app.Stores) error {
				if list.pinned {
					return listPins(cmd, stores.Graph, list.format)
				}
				return list.print(cmd, stores, from, to)
			})
		},
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&list.since, "since", "24h", "first minute: RFC 3339, or how long ago, such as 72h")
	cmd.Flags().StringVar(&list.until, "until", "", "end of the minutes, the same; default now")
	cmd.Flags().IntVar(&list.limit, "limit", 1000, "at most so many, the newest; 0 for all")
	cmd.Flags().Uint64Var(&list.before, "before", 0, "only versions with a lower number: the next page of older ones")
	cmd.Flags().BoolVar(&list.pinned, "pinned", false, "list what is pinned, and by whom")
	outputFlag(cmd, &list.format)
	return cmd
}

// minutes reads --since and --until.
func (l *versionList) minutes(now time.Time) (from, to model.Minute, err error) {
	if l.limit < 0 {
		return 0, 0, fmt.Errorf("--limit %d: want 0 for all, or more", l.limit)
	}
	begin, err := momentOf(l.since, now)
	if err != nil {
		return 0, 0, fmt.Errorf("--since: %w", err)
	}
	end, err := momentOf(cmp.Or(l.until, "0s"), now)
	if err != nil {
		return 0, 0, fmt.Errorf("--until: %w", err)
	}
	if !begin.Before(end) {
		return 0, 0, fmt.Errorf("--since %s does not lie before --until %s", begin.Format(time.RFC3339), end.Format(time.RFC3339))
	}
	return model.MinuteOf(begin), model.MinuteOf(end) + 1, nil
}

// momentOf is a moment, or how long before now.
func momentOf(text string, now time.Time) (time.Time, error) {
	if ago, err := time.ParseDuration(text); err == nil {
		return now.Add(-ago), nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, fmt.Errorf("%q is neither RFC 3339, such as 2026-11-23T10:00:00Z, nor a duration, such as 72h", text)
	}
	return at, nil
}

func (l *versionList) print(cmd *cobra.Command, stores *app.Stores, from, to model.Minute) error {
	versions, err := l.read(cmd.Context(), stores, from, to)
	if err != nil {
		return err
	}
	if older := len(versions) - l.limit; l.limit > 0 && older > 0 {
		versions = versions[older:]
		fmt.Fprintf(cmd.ErrOrStderr(), "%d older versions are not shown: --before %d\n", older, versions[0].Number)
	}
	rows := make([]row, len(versions))
	for i := range versions {
		rows[i] = versionRow(&versions[i])
	}
	return printRows(cmd.OutOrStdout(), l.format, []string{"version", "kind", "minute", "transfers", "bytes", "unknown bytes", "cost", "digest"}, rows)
}

// read returns the committed versions of minutes, oldest first.
func (l *versionList) read(ctx context.Context, stores *app.Stores, from, to model.Minute) ([]model.GraphVersion, error) {
	head, ok, err := stores.Graph.Head(ctx)
	if err != nil || !ok {
		return nil, err
	}
	through := head.Number
	if l.before > 0 {
		through = min(through, l.before-1)
	}
	versions, err := stores.Flows.Versions(ctx, from, to, through)
	if err != nil {
		return nil, err
	}
	compactions, err := stores.Flows.Compactions(ctx, from, to, through)
	if err != nil {
		return nil, err
	}
	versions = append(versions, compactions...)
	slices.SortFunc(versions, func(a, b model.GraphVersion) int { return cmp.Compare(a.Number, b.Number) })
	return versions, nil
}

func versionRow(v *model.GraphVersion) row {
	return row{
		cells: []string{
			strconv.FormatUint(v.Number, 10), string(v.Kind), v.From.String(), strconv.FormatUint(v.Totals.Edges, 10),
			strconv.FormatUint(v.Totals.Sent.WireBytes, 10), strconv.FormatUint(v.Totals.UnknownBytes, 10), v.Totals.Cost.Decimal(), string(v.Digest),
		},
		object: map[string]any{
			"version": v.Number, "kind": v.Kind, "minute": v.From.String(), "transfers": v.Totals.Edges, "wireBytes": v.Totals.Sent.WireBytes,
			"unknownBytes": v.Totals.UnknownBytes, "cost": v.Totals.Cost.Decimal(), "currency": v.Currency, "digest": v.Digest,
		},
	}
}

func listPins(cmd *cobra.Command, graph *graphstore.Store, format string) error {
	pins, err := graph.Pins(cmd.Context())
	if err != nil {
		return err
	}
	rows := make([]row, len(pins))
	for i, pin := range pins {
		rows[i] = row{
			cells:  []string{strconv.FormatUint(pin.Version, 10), pin.From.String(), pin.To.String(), pin.By},
			object: map[string]any{"version": pin.Version, "from": pin.From.String(), "to": pin.To.String(), "by": pin.By},
		}
	}
	return printRows(cmd.OutOrStdout(), format, []string{"version", "from", "to", "by"}, rows)
}

func pinCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var from, to, by string
	var drop bool
	cmd := &cobra.Command{
		Use:   "pin VERSION",
		Short: "Hold what a version says of some minutes beyond retention, or let it go",
		Long: fmt.Sprintf(`Holds the graph's history of the minutes as the version has it: retention passes it
by, and the version goes on to answer for those minutes. A holder (--by) has one pin,
of at most %d minutes; of more than %d pins those of the oldest minutes go. Raw rows
are not held: they go after --keep-flows, and questions for them then say so.`, graphstore.MostPinned, graphstore.MostPins),
		Example: "  egressor pin 4711 --from 2026-11-23T10:00:00Z --to 2026-11-23T11:00:00Z --by 'ticket 42'\n  egressor pin --drop --by 'ticket 42'",
		Args:    func(_ *cobra.Command, args []string) error { return usage(pinArguments(args, drop)) },

		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, args []string) error {
			if by == "" {
				return usage(fmt.Errorf("--by: say who holds it, such as a ticket"))
			}
			if drop {
				return withStores(cmd, settings, func(stores *app.Stores) error { return stores.Graph.Unpin(cmd.Context(), by) })
			}
			pin, err := pinOf(args[0], from, to, by)
			if err != nil {
				return usage(err)
			}
			return withStores(cmd, settings, func(stores *app.Stores) error { return stores.Graph.Pin(cmd.Context(), pin) })
		},
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&from, "from", "", "first minute, RFC 3339")
	cmd.Flags().StringVar(&to, "to", "", "end of the minutes, RFC 3339")
	cmd.Flags().StringVar(&by, "by", "", "who holds it")
	cmd.Flags().BoolVar(&drop, "drop", false, "let go of what --by holds")
	return cmd
}

func pinArguments(args []string, drop bool) error {
	if drop && len(args) > 0 {
		return fmt.Errorf("--drop takes no version: --by says whose pin goes")
	}
	if !drop && len(args) != 1 {
		return fmt.Errorf("want the number of one version, as \"egressor versions\" lists them")
	}
	return nil
}

func pinOf(version, from, to, by string) (graphstore.Pin, error) {
	number, err := strconv.ParseUint(version, 10, 64)
	if err != nil || number == 0 || number > math.MaxInt64 {
		return graphstore.Pin{}, fmt.Errorf("version %q: want a number from 1", version)
	}
	if from == "" || to == "" {
		return graphstore.Pin{}, fmt.Errorf("--from and --to say which minutes of version %d are held", number)
	}
	first, last, err := minutesOf(from, to, time.Time{})
	return graphstore.Pin{Version: number, From: first, To: last - 1, By: by}, err
}
