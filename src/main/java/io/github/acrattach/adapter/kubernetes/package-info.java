/** Pull secrets in clusters: through the API server, or through Azure's command pod where there is no way to it. */
package io.github.acrattach.adapter.kubernetes;
