/** The directory, through Microsoft Graph. */
package io.github.acrattach.adapter.graph;
