/** What the program writes to its console, and where to: the Functions host reads a severity off both. */
package io.github.acrattach.log;
