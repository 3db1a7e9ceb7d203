package probe

import "github.com/egressor/egressor/internal/model"

// firstEphemeralPort is where Linux begins to hand out client ports
// (net.ipv4.ip_local_port_range).
const firstEphemeralPort = 32768

// guessServer tells, from two ports alone, which end is the server: the one
// whose port is not ephemeral, else the one with the lower port. Equal ports
// (NTP, VXLAN) say nothing: the role is then unknown.
func guessServer(local, remote uint16) (port uint16, role model.Role) {
	switch {
	case local == remote:
		return local, model.RoleUnknown
	case local == 0 || (remote != 0 && remote < firstEphemeralPort && remote < local):
		return remote, model.RoleClient
	case remote == 0 || local < remote:
		return local, model.RoleServer
	default:
		return remote, model.RoleClient
	}
}

// serverPort is the accepting side's port of a TCP connection. Where the role
// is unknown nothing listened on the local port when the probe looked: the port
// is the remote one, unless that is ephemeral and the local one is not.
func serverPort(role model.Role, local, remote uint16) uint16 {
	localServes := role == model.RoleServer ||
		role == model.RoleUnknown && local < firstEphemeralPort && remote >= firstEphemeralPort
	if localServes {
		return local
	}
	return remote
}
