metadata description = 'Log alerts: on the records of decisions, and on what the host says of itself.'

import { eventQueue, poisonQueue } from '../contract.bicep'
import { alertThresholds as alertThresholdsType, tags as tagsType } from '../types.bicep'

@description('What the alerts are named after.')
param name string

@description('The region.')
param location string

@description('Tags of the resources.')
param tags tagsType

@description('The name of the Application Insights component.')
param telemetryName string

@description('The resource id of the action group that is told; empty: none.')
param actionGroupId string

@description('When the alerts speak.')
param thresholds alertThresholdsType

@description('The alerts. Each query has one row with one number, which is there when nothing is.')
var alerts = [
  {
    key: 'refused'
    title: 'refusals'
    description: 'Refusals in an hour. Waiting does not mend them: the field problem.fix of each record says what does.'
    query: 'traces | extend d = parse_json(message) | where tostring(d.outcome) == "Refused" | summarize found = count()'
    window: 'PT1H'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: thresholds.refused
  }
  {
    key: 'postponed'
    title: 'pairs postponed for an hour'
    description: 'Pairs of an event that were postponed, and have not been done for an hour.'
    query: 'traces | extend d = parse_json(message) | extend event = tostring(d.eventId), cluster = tostring(d.cluster), registry = tostring(d.registry), outcome = tostring(d.outcome) | where isnotempty(event) and isnotempty(outcome) | summarize arg_max(timestamp, outcome) by event, cluster, registry | summarize found = countif(outcome == "Postponed" and timestamp < ago(1h))'
    window: 'PT6H'
    every: 'PT1H'
    operator: 'GreaterThan'
    threshold: thresholds.postponed
  }
  {
    key: 'expiring'
    title: 'pull secrets that expire'
    description: 'Pull secrets that expire within ${thresholds.expiryDays} days and have not been renewed.'
    query: 'traces | extend d = parse_json(message) | where isnotempty(d.expires) | summarize arg_max(timestamp, message) by cluster = tostring(parse_json(message).cluster), registry = tostring(parse_json(message).registry) | summarize found = countif(todatetime(parse_json(message).expires) < now() + ${thresholds.expiryDays}d)'
    window: 'P1D'
    every: 'PT6H'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    key: 'poison'
    title: 'messages in the poison queue'
    description: 'Messages of ${eventQueue} that were put into ${poisonQueue}. What is not ready yet is not put there: it is a defect.'
    query: 'traces | where message has "MaxDequeueCount" and message has "${poisonQueue}" | summarize found = count()'
    window: 'PT1H'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: thresholds.poison
  }
  {
    key: 'timer'
    title: 'no run of the timer'
    description: 'No run of RotatePullSecrets has ended for ${thresholds.timerHours} hours.'
    query: 'traces | extend d = parse_json(message) | where tostring(d.timer) == "RotatePullSecrets" and tostring(d.phase) == "ended" | summarize found = count()'
    window: 'PT${thresholds.timerHours}H'
    every: 'PT30M'
    operator: 'LessThan'
    threshold: 1
  }
  {
    key: 'host'
    title: 'the host does not run'
    description: 'No line of any kind for two hours, though the timer has to wake the host each hour.'
    query: 'traces | summarize found = count()'
    window: 'PT2H'
    every: 'PT30M'
    operator: 'LessThan'
    threshold: 1
  }
]

resource telemetry 'Microsoft.Insights/components@2020-02-02' existing = {
  name: telemetryName
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for alert in alerts: {
    name: 'alert-${name}-${alert.key}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${name}: ${alert.title}'
      description: alert.description
      severity: 2
      enabled: true
      autoMitigate: true
      scopes: [telemetry.id]
      evaluationFrequency: alert.every
      windowSize: alert.window
      criteria: {
        allOf: [
          {
            query: alert.query
            metricMeasureColumn: 'found'
            timeAggregation: 'Total'
            operator: alert.operator
            threshold: alert.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(actionGroupId) ? [] : [actionGroupId] }
    }
  }
]
