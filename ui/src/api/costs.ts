import { graphql } from '../gql'

/** The stored operations about costs. */
export const StatementDocument = graphql(`
  query Statement($window: Window!, $groupBy: [StatementDimension!]!, $view: StatementView!, $first: Int!) {
    statement(window: $window, groupBy: $groupBy, view: $view, first: $first) {
      currency pricingModes
      lines { group sum { amount { amount currency nano } shown standing { amount currency nano } standingShown billedBytes unpricedBytes } }
      rest { lines amount { amount currency } shown standing { amount currency } standingShown billedBytes unpricedBytes }
      total { amount { amount currency } shown standing { amount currency } standingShown billedBytes unpricedBytes }
      own { amount { amount currency } }
      standing { name code units unitName cost { amount currency nano } idle { amount currency nano } bytes priceRow assumed unpricedReason }
    }
  }
`)

export const WaysOfMoneyDocument = graphql(`
  query WaysOfMoney($window: Window!, $groupBy: [StatementDimension!]!, $view: StatementView!, $first: Int!) {
    statement(window: $window, groupBy: $groupBy, view: $view, first: $first) {
      currency
      lines { group sum { amount { amount currency } } }
      rest { lines shown }
      total { amount { amount } }
    }
  }
`)

export const ForecastDocument = graphql(`
  query Forecast($window: Window!) {
    forecast(window: $window) {
      from through to missingMinutes historyHours method unknown assumptions
      toDate { amount currency } expected { amount currency } low { amount currency } high { amount currency }
    }
  }
`)

export const StatementLineDocument = graphql(`
  query StatementLine($window: Window!, $where: [StatementFilter!]!, $groupBy: [StatementDimension!]!, $view: StatementView!) {
    statement(window: $window, where: $where, groupBy: $groupBy, view: $view, first: 1) {
      lines {
        charges(first: 200) {
          payer code operation rule tier bytes unitBytes rate { amount currency } amount { amount currency nano }
          priceRow priceSource pathAssumed unpricedReason
        }
        transfers(first: 200) { id sourceName destinationName path amount { amount currency nano } standing { amount currency nano } billedBytes }
      }
    }
  }
`)

export const ToDoDocument = graphql(`
  query ToDo {
    incidents(first: 50) { edges { node { id title since until state impactPerDay { amount currency nano } } } }
    recommendations { id title state monthly { amount currency nano } }
  }
`)

export const InsightsAboutDocument = graphql(`
  query InsightsAbout {
    incidents(first: 50) { edges { node { id title since until impactPerDay { amount currency } anomalies { source destination } findings { entity } } } }
    recommendations { id title state entities monthly { amount currency } }
  }
`)

export const ReconciliationsDocument = graphql(`
  query Reconciliations {
    reconciliations {
      name problem month minutes foldedMinutes machines unnamed unnamedCount explainedBytes explainedCost
      billed { ...SumOfBill } counted { ...SumOfBill } explained { ...SumOfBill }
      codes {
        account region code notBilledBytes
        billed { ...SumOfBill } counted { ...SumOfBill } explained { ...SumOfBill } outOfSight { ...SumOfBill } unexplained { ...SumOfBill }
      }
      findings { kind name account region code days bytes percent cost { amount currency nano } }
    }
  }
  fragment SumOfBill on ReconciledSum { bytes cost { amount currency nano } }
`)
