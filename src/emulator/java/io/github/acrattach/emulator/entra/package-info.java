/** Microsoft Entra ID: tokens for programs, managed identities, and the documents that describe the tenant. */
package io.github.acrattach.emulator.entra;
