/** What an installation of this program is made of, and whether it is whole. Decided here, looked at elsewhere. */
package io.github.acrattach.domain.installation;
