import { graphql } from '../gql'

/** What the map asks beside its graph: what a saving would change, and what happened around. */
export const WhatIfDocument = graphql(`
  query WhatIf($recommendation: ID!) {
    whatIf(recommendation: $recommendation) {
      withdrawn edgesKnown
      recommendation { id kind title from to minutes why assumptions warnings monthly { amount currency } low { amount currency } high { amount currency } }
      monthlyBefore { amount currency } monthlyAfter { amount currency } hoursBefore { amount currency } hoursAfter { amount currency }
      shifts {
        id source destination sourceName destinationName serverPort protocol sourceZone destinationZone sourceRegion destinationRegion path via joins
        before { bytes monthly { amount currency } }
        after { bytes monthly { amount currency } }
      }
      rest { shifts bytesBefore bytesAfter monthlyBefore { amount currency } monthlyAfter { amount currency } }
      nodes { id kind name namespace type cluster regions zones x y bytesOut bytesIn cost { amount currency nano } }
    }
  }
`)

export const MarksDocument = graphql(`
  query Marks($window: Window!) {
    marks(window: $window, first: 200) {
      moreRollouts moreIncidents
      rollouts { workloadName namespace deployment { id workload hash rolledOutAt changedBy } }
      incidents { id title since until state impactPerDay { amount currency } }
    }
  }
`)
