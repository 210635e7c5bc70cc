metadata description = 'The code of the app, from a URL.'

@description('The name of the app.')
param appName string

@description('Where the zip is: that of a release, or one of your own.')
param packageUri string

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource package 'Microsoft.Web/sites/extensions@2025-03-01' = {
  parent: app
  name: 'onedeploy'
  #disable-next-line BCP187 // The published types have no properties for it (bicep-types-az#2249).
  properties: {
    packageUri: packageUri
    remoteBuild: false
  }
}
