metadata description = 'What everything is called: one convention, so that each half of the installation finds what the other made.'

@export()
@description('The names of what one installation is made of.')
type names = {
  @description('The identity of the app.')
  identity: string

  @description('The identity that events are delivered with.')
  sender: string

  @description('The storage account.')
  storage: string

  @description('The Application Insights component.')
  telemetry: string

  @description('Its workspace.')
  workspace: string

  @description('The plan of the app.')
  plan: string

  @description('The app.')
  app: string

  @description('The virtual network.')
  network: string

  @description('The system topic.')
  topic: string

  @description('The subscription to the topic.')
  subscription: string
}

@export()
@description('The names of an installation. The token makes those unique that the whole of Azure shares.')
func namesOf(name string, token string) names => {
  identity: 'id-${name}'
  sender: 'id-${name}-events'
  storage: 'st${take(replace(name, '-', ''), 9)}${token}'
  telemetry: 'appi-${name}'
  workspace: 'log-${name}'
  plan: 'plan-${name}'
  app: 'func-${name}-${token}'
  network: 'vnet-${name}'
  topic: 'evgt-${name}-${token}'
  subscription: name
}
