/**
 * The emulator's own API under /_emulator/, which Azure does not have: look inside, misbehave, publish, plant
 * what others made, start again.
 */
package io.github.acrattach.emulator.control;
