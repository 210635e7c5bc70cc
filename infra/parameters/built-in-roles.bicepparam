// The half of the security team, where custom roles are forbidden.
using '../security.bicep'

param roles = 'built-in'
param method = 'both'
