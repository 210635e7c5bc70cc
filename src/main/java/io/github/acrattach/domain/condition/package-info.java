/** The conditions of role assignments, as far as they say which repositories may be pulled. */
package io.github.acrattach.domain.condition;
