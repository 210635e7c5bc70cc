/** What exists in Azure before anybody calls: tenant, principals, subscriptions, resources, role assignments. */
package io.github.acrattach.emulator.estate;
