package graphstore

var (
	incidentMerge          = statement("incident_merge")
	incidentsRead          = statement("incidents")
	recommendationsReplace = statement("recommendations_replace")
	recommendationsRead    = statement("recommendations")
	recommendationRead     = statement("recommendation")
	recommendationsMade    = statement("recommendations_made")
	verdictsMerge          = statement("verdicts_merge")
	verdictsRead           = statement("verdicts")
	investigationMerge     = statement("investigation_merge")
	investigationsOf       = statement("investigations_of")
)
