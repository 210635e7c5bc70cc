/** Says, in the words of the domain, what the use cases need from the outside; each answer comes later, as a Uni. */
package io.github.acrattach.port;
