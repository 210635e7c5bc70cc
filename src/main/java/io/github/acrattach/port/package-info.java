/** Says, in the words of the domain, what the use cases need from the outside. Its calls block, and end early when they are interrupted. */
package io.github.acrattach.port;
