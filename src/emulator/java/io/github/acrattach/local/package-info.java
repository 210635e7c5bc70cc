/** The local run: the program with a small Azure inside it, on a laptop without an Azure account. */
package io.github.acrattach.local;
