/** The Functions host: its environment variables, and host.json in the root of the app. */
package io.github.acrattach.adapter.host;
