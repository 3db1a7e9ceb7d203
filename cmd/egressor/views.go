package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const viewFields = `id name state shared owner savedAt`

var viewColumns = [][2]string{{"id", "id"}, {"name", "name"}, {"owner", "owner"}, {"shared", "shared"}, {"state", "state"}}

func viewsCommand() *cobra.Command {
	list := asked{
		use: "views", short: "Views of the user interface: your own and those that are shared with you", args: cobra.NoArgs,
		example:  "  egressor views save 'NAT of last hour' '/map?path=nat&window=1h' --shared\n  egressor views delete v3f2a9c1d0e4b5a67",
		document: `{ views { ` + viewFields + ` } }`, at: "views", columns: viewColumns,
	}.command()
	var shared bool
	list.AddCommand(
		asked{
			use: "save NAME PATH", short: "Keep a page of the user interface, by its path and query, under a name", args: cobra.ExactArgs(2),
			flags: func(flags *pflag.FlagSet) {
				flags.BoolVar(&shared, "shared", false, "others see it who may see all that you may")
			},
			document: `mutation($name: String!, $state: String!, $shared: Boolean!) { saveView(name: $name, state: $state, shared: $shared) { ` + viewFields + ` } }`,
			variables: func(args []string) (map[string]any, error) {
				return map[string]any{"name": args[0], "state": args[1], "shared": shared}, nil
			},
			at: "saveView", columns: viewColumns,
		}.command(),
		asked{
			use: "delete ID", short: "End a view", args: cobra.ExactArgs(1),
			document:  `mutation($id: ID!) { deleteView(id: $id) }`,
			variables: func(args []string) (map[string]any, error) { return map[string]any{"id": args[0]}, nil },
			columns:   [][2]string{{"deleted", "deleteView"}},
		}.command(),
	)
	return list
}
