/** The functions as the Functions host calls them behind a custom handler: POST /{function} with Data and Metadata. */
package io.github.acrattach.trigger.handler;
