package io.github.acrattach.emulator.arm;

import io.github.acrattach.emulator.entra.Bearer;
import io.github.acrattach.emulator.http.Answer;
import java.net.URI;

/** 401 in ARM's words, with the challenge that tells a client where to get a token. */
final class Unauthenticated {
    private Unauthenticated() {}

    static Answer answer(Bearer bearer, URI authority) {
        ArmError error = refusal(bearer);
        String challenge = "Bearer authorization_uri=\"" + authority
                + "/\", error=\"invalid_token\", error_description=\"" + error.getMessage() + "\"";
        return error.answer().with("WWW-Authenticate", challenge);
    }

    private static ArmError refusal(Bearer bearer) {
        if (bearer instanceof Bearer.Missing) {
            return new ArmError(
                    401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }
        if (bearer instanceof Bearer.Expired expired) {
            return new ArmError(
                    401,
                    "ExpiredAuthenticationToken",
                    "The access token expiry UTC time '" + expired.at() + "' is earlier than current UTC time.");
        }
        if (bearer instanceof Bearer.WrongAudience wrong) {
            return new ArmError(
                    401,
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '" + wrong.audience()
                            + "'. It should exactly match with one of the allowed audiences"
                            + " 'https://management.core.windows.net/','https://management.core.windows.net',"
                            + "'https://management.azure.com/','https://management.azure.com'.");
        }
        return new ArmError(401, "InvalidAuthenticationToken", "The access token is invalid.");
    }
}
