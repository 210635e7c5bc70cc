/** What the adapters to ARM and to Graph share: which cloud, who we are there, and how its failures are read. */
package io.github.acrattach.adapter.azure;
