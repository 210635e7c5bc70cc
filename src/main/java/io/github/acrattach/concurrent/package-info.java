/** How work waits, and goes side by side: blocking calls on few threads, that end when their time does. */
package io.github.acrattach.concurrent;
