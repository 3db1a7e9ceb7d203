package graphstore

var (
	incidentMerge          = statement("incident_merge")
	incidentsRead          = statement("incidents")
	recommendationsReplace = statement("recommendations_replace")
	recommendationsRead    = statement("recommendations")
)
