metadata description = 'An alert on events that Event Grid could not deliver: the timer makes up for them, but nobody should have to.'

import { tags as tagsType } from '../types.bicep'

@description('What the alert is named after.')
param name string

@description('Tags of the resource.')
param tags tagsType

@description('The resource id of the system topic.')
param topicId string

@description('The name of our subscription to it.')
param subscriptionName string

@description('The resource id of the action group that is told; empty: none.')
param actionGroupId string

@description('How many dead letters are borne.')
param threshold int

resource alert 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'alert-${name}-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'Events that could not be delivered, and were put into the container for dead letters.'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [topicId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead-letters'
          metricNamespace: 'Microsoft.EventGrid/systemTopics'
          metricName: 'DeadLetteredCount'
          dimensions: [
            { name: 'EventSubscriptionName', operator: 'Include', values: [subscriptionName] }
          ]
          operator: 'GreaterThan'
          threshold: threshold
          timeAggregation: 'Total'
        }
      ]
    }
    actions: empty(actionGroupId) ? [] : [{ actionGroupId: actionGroupId }]
  }
}
