/** Azure Storage, as far as a function app's own program reads it: the length of queues, and blobs. */
package io.github.acrattach.emulator.storage;
