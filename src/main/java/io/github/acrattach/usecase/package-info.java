/** What the product does, one class for each thing: looks, asks the domain, does it, and says how it ended. */
package io.github.acrattach.usecase;
