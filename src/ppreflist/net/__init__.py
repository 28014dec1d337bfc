"""HTTP, politely: one client, one guard, one list of the ways in which a request fails."""
