/** The storage account of the function app, by REST with this program's own token. */
package io.github.acrattach.adapter.storage;
