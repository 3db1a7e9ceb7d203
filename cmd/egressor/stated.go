package main

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/egressor/egressor/internal/textfile"
)

const endpointFields = `id class name cidrs hosts provider region zone network account team from to by at note endedBy endedAt`

var endpointColumns = [][2]string{{"id", "id"}, {"ranges", "cidrs"}, {"hosts", "hosts"}, {"team", "team"}, {"from", "from"}, {"to", "to"}, {"by", "by"}, {"at", "at"}}

func endpointsCommand() *cobra.Command {
	list := asked{
		use: "endpoints", short: "What admins stated of the outside over the API, beside the endpoint file", args: cobra.NoArgs,
		example:  "  egressor endpoints save on-premises headquarters 192.168.0.0/16 --team net\n  egressor endpoints save partner-api payments --host api.payments.example\n  egressor endpoints end on-premises//headquarters",
		document: `{ statedEndpoints { ` + endpointFields + ` } }`, at: "statedEndpoints", columns: endpointColumns,
	}.command()
	list.AddCommand(saveEndpointCommand(), endEndpointCommand())
	return list
}

func saveEndpointCommand() *cobra.Command {
	var words said
	var from timeFlag
	var hosts []string
	var place struct{ provider, region, zone, network, account, team string }
	return asked{
		use: "save CLASS NAME [CIDR...]", short: "State something outside by its addresses or DNS names, or state it anew", args: cobra.MinimumNArgs(2),
		flags: func(flags *pflag.FlagSet) {
			words.addFlags(flags)
			flags.Var(&from, "from", "since when it holds; left out: now. Minutes since then are folded again")
			flags.StringSliceVar(&hosts, "host", nil, "DNS name whose addresses are its own; may be given several times")
			flags.StringVar(&place.provider, "provider", "", "aws, gcp, azure or a name")
			flags.StringVar(&place.region, "region", "", "region that it is in")
			flags.StringVar(&place.zone, "zone", "", "zone id that it is in")
			flags.StringVar(&place.network, "network", "", "network in which private addresses are meant")
			flags.StringVar(&place.account, "account", "", "account that is billed for its side")
			flags.StringVar(&place.team, "team", "", "who owns it")
		},
		document: `mutation($endpoint: EndpointInput!, $from: DateTime, $note: String!, $key: String) { saveEndpoint(endpoint: $endpoint, from: $from, note: $note, key: $key) { ` + endpointFields + ` } }`,
		variables: func(args []string) (map[string]any, error) {
			variables := words.of("", "")
			delete(variables, "")
			variables["endpoint"] = map[string]any{
				"class": args[0], "name": args[1], "cidrs": args[2:], "hosts": append([]string{}, hosts...), "provider": place.provider, "region": place.region, "zone": place.zone,
				"network": place.network, "account": place.account, "team": place.team,
			}
			if !from.IsZero() {
				variables["from"] = from.Time
			}
			return variables, nil
		},
		at: "saveEndpoint", columns: endpointColumns,
	}.command()
}

func endEndpointCommand() *cobra.Command {
	var words said
	var at timeFlag
	return asked{
		use: "end ID", short: "End what was stated of something outside", args: cobra.ExactArgs(1),
		flags: func(flags *pflag.FlagSet) {
			words.addFlags(flags)
			flags.Var(&at, "at", "when it ended; left out: now")
		},
		document: `mutation($id: ID!, $at: DateTime, $note: String!, $key: String) { endEndpoint(id: $id, at: $at, note: $note, key: $key) { ` + endpointFields + ` } }`,
		variables: func(args []string) (map[string]any, error) {
			variables := words.of("id", args[0])
			if !at.IsZero() {
				variables["at"] = at.Time
			}
			return variables, nil
		},
		at: "endEndpoint", columns: endpointColumns,
	}.command()
}

const overlayFields = `name from by at note text`

var overlayColumns = [][2]string{{"name", "name"}, {"from", "from"}, {"by", "by"}, {"at", "at"}, {"note", "note"}}

func overlaysCommand() *cobra.Command {
	list := asked{
		use: "overlays", short: "Price overlays that were put in force while the service runs", args: cobra.NoArgs,
		example:  "  egressor overlays put acme.yaml --from 2026-11-01T00:00:00Z\n  egressor overlays withdraw acme-2026",
		document: `{ priceOverlays { ` + overlayFields + ` } }`, at: "priceOverlays", columns: overlayColumns,
	}.command()
	list.AddCommand(putOverlayCommand(), withdrawOverlayCommand())
	return list
}

func putOverlayCommand() *cobra.Command {
	var words said
	var from timeFlag
	return asked{
		use: "put FILE --from TIME", short: "Put an overlay in force from a minute on; minutes since then are priced again, as versions", args: cobra.ExactArgs(1),
		flags: func(flags *pflag.FlagSet) {
			words.addFlags(flags)
			flags.Var(&from, "from", "the first minute that it holds for")
		},
		document: `mutation($text: String!, $from: DateTime!, $note: String!, $key: String) { putPriceOverlay(text: $text, from: $from, note: $note, key: $key) { ` + overlayFields + ` } }`,
		variables: func(args []string) (map[string]any, error) {
			if from.IsZero() {
				return nil, errors.New("say since when it holds: --from TIME")
			}
			text, err := textfile.Read(args[0], "an overlay")
			variables := words.of("text", string(text))
			variables["from"] = from.Time
			return variables, err
		},
		at: "putPriceOverlay", columns: overlayColumns,
	}.command()
}

func withdrawOverlayCommand() *cobra.Command {
	var words said
	return asked{
		use: "withdraw NAME", short: "Take an overlay out of force; the minutes it held for are priced again", args: cobra.ExactArgs(1), flags: words.addFlags,
		document:  `mutation($name: ID!, $note: String!, $key: String) { withdrawPriceOverlay(name: $name, note: $note, key: $key) }`,
		variables: func(args []string) (map[string]any, error) { return words.of("name", args[0]), nil },
		columns:   [][2]string{{"withdrawn", "withdrawPriceOverlay"}},
	}.command()
}
