package bill

import (
	"fmt"
	"slices"
	"strings"
)

// Machine is one that runs an agent.
type Machine struct {
	// Name is for people.
	Name string
	// Provider is whose machine it is, "" where that is not known.
	Provider string
	// ProviderIDs are its ids at its provider as Kubernetes has them, such as
	// aws:///us-east-1a/i-0abc: several where a name went from one to another.
	ProviderIDs []string
}

// HostsOf are the ids of machines as a provider's bill has them, and the names of
// those whose id is not known. Those of other providers are in neither. With one
// unnamed the ids are no complete list, and a machine that is not on it may run
// an agent all the same.
func HostsOf(provider string, machines []Machine) (ids, unnamed []string) {
	for _, machine := range machines {
		if machine.Provider != "" && machine.Provider != provider {
			continue
		}
		named := false
		for _, of := range machine.ProviderIDs {
			if id, err := HostID(of, provider); err == nil {
				ids, named = append(ids, id), true
			}
		}
		if !named {
			unnamed = append(unnamed, machine.Name)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), unnamed
}

// HostID is a machine as the provider's bill names it, by its provider id or the
// bill's own id: an instance id of AWS, an instance's name on Google Cloud, the
// path from the machine's or scale set's name on, on Azure.
func HostID(id, provider string) (string, error) {
	last := id[strings.LastIndex(id, "/")+1:]
	switch {
	case strings.ContainsAny(id, ", \t") || last == "":
		return "", fmt.Errorf("%q is no instance id and no provider id", id)
	case provider == "aws" && !strings.HasPrefix(last, "i-"):
		return "", fmt.Errorf("%q is no instance id (i-...)", id)
	case provider == "azure":
		if host := azureHost(id); host != "" {
			return host, nil
		}
		return strings.ToLower(last), nil
	}
	return last, nil
}
