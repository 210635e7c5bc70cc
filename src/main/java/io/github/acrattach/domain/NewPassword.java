package io.github.acrattach.domain;

/** A password at its birth, the only time that its issuer tells the value. */
public record NewPassword(Password password, Secret value) {}
