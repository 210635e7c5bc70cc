/**
 * Pull secrets in clusters: what they look like ({@code manifest}), how a cluster is reached ({@code access}), and what is
 * done in its namespaces ({@code delivery}).
 */
package io.github.acrattach.adapter.kubernetes;
