/** Microsoft Graph v1.0, as far as it has to do with service principals and their passwords. */
package io.github.acrattach.emulator.graph;
