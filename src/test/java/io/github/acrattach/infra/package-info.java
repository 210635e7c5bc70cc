/** The templates in infra/, compiled and evaluated by the real Bicep compiler, and judged by what they would make. */
package io.github.acrattach.infra;
