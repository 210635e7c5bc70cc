package io.github.acrattach.local;

import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.estate.Principal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who may create resources in the sample estate, and does so by plain HTTP as any client of ARM would. */
final class EstateOwner {

    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final Emulator emulator;
    private final Estate estate;
    private final HttpClient http;

    EstateOwner(Emulator emulator, Estate estate) {
        this.emulator = emulator;
        this.estate = estate;
        this.http = HttpClient.newBuilder().sslContext(emulator.trust()).build();
    }

    /** Creates or updates a resource. */
    void put(String id, String apiVersion, String body) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(emulator.uri().resolve(id + "?api-version=" + apiVersion))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String token() throws IOException, InterruptedException {
        Principal owner = estate.principals().stream()
                .filter(principal -> principal.displayName().equals("you"))
                .findFirst()
                .orElseThrow();
        String form = "grant_type=client_credentials&client_id=" + owner.appId().orElseThrow() + "&client_secret="
                + owner.secret().orElseThrow() + "&scope="
                + URLEncoder.encode("https://management.azure.com/.default", StandardCharsets.UTF_8);
        URI endpoint = emulator.uri().resolve("/" + estate.tenant().id() + "/oauth2/v2.0/token");
        Matcher token = TOKEN.matcher(send(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))));
        if (!token.find()) {
            throw new IOException("The emulator's Entra ID answered without a token.");
        }
        return token.group(1);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("The emulator answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
