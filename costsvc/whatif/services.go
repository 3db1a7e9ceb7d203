package whatif

import (
	"github.com/egressor/egressor/internal/model"
)

// Service is what is known of the Kubernetes Service in front of a workload.
type Service struct {
	// Name is the Service's, in the workload's namespace.
	Name string
	// Endpoints are its ready ones, Hinted those of them that say which zone's
	// traffic they should get.
	Endpoints, Hinted int
}

// ServicesIn tells by the endpoint slices that hold which Service stands in front
// of a workload, by the workload's id. Of several the first by name counts.
func ServicesIn(facts []model.Fact) map[string]Service {
	owners := map[string]string{} // by pod
	for i := range facts {
		if pod := facts[i].Pod; pod != nil {
			owners[facts[i].Key] = workloadID(pod)
		}
	}
	services := map[string]Service{}
	for i := range facts {
		slice := facts[i].EndpointSlice
		if slice == nil || !facts[i].Period.To.IsZero() {
			continue
		}
		for j := range slice.Endpoints {
			endpoint := &slice.Endpoints[j]
			owner, known := owners[endpoint.Pod]
			if !known || !endpoint.Ready {
				continue
			}
			services[owner] = services[owner].with(slice.Service, len(endpoint.Hints) > 0)
		}
	}
	return services
}

// with counts an endpoint of a Service.
func (s Service) with(name string, hinted bool) Service {
	if s.Name == "" || name < s.Name {
		s = Service{Name: name}
	}
	if name != s.Name {
		return s
	}
	s.Endpoints++
	if hinted {
		s.Hinted++
	}
	return s
}
