/** Why a cluster can or cannot pull from a registry: what was checked, what was found, and the verdict that follows. */
package io.github.acrattach.domain.access;
