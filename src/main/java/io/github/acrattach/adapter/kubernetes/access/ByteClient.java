package io.github.acrattach.adapter.kubernetes.access;

import io.kubernetes.client.openapi.ApiClient;
import java.util.HashMap;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;

/**
 * The client without its models, of which nothing here is used: requests and answers are bytes. To set the models up takes
 * half a second on a JVM, and as long as any method refers to them they are all in the executable.
 */
final class ByteClient extends ApiClient {

    ByteClient(OkHttpClient http) {
        super(http);
    }

    /** As inherited, but for the models. */
    @Override
    protected void init() {
        verifyingSsl = true;
        authentications = new HashMap<>();
    }

    @Override
    public RequestBody serialize(Object body, String contentType) {
        return RequestBody.create((byte[]) body, MediaType.parse(contentType));
    }

    @Override
    public String parameterToString(Object parameter) {
        return String.valueOf(parameter);
    }

    @Override
    public RequestBody buildRequestBodyMultipart(Map<String, Object> fields) {
        throw new UnsupportedOperationException("An API server takes no forms.");
    }
}
