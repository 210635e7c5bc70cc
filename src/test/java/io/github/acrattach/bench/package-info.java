/** The benchmark: what bench/run measures, both sides of each comparison interleaved in one run. */
package io.github.acrattach.bench;
