/** Entra ID: what the tokens of this program say of it. */
package io.github.acrattach.adapter.entra;
