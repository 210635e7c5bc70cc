/** The same functions for the Java worker of Azure Functions, for those who may not run custom handlers. */
package io.github.acrattach.trigger.worker;
