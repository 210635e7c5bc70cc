package io.github.acrattach;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the Java worker hands to a function that HTTP calls, and takes back. */
record JavaWorkerRequest(
        HttpMethod method, Map<String, String> headers, Map<String, String> query, Optional<String> body)
        implements HttpRequestMessage<Optional<String>> {

    static JavaWorkerRequest post(String json) {
        return new JavaWorkerRequest(
                HttpMethod.POST, Map.of("content-type", "application/json"), Map.of(), Optional.of(json));
    }

    static JavaWorkerRequest get(Map<String, String> query) {
        return get(query, Map.of());
    }

    static JavaWorkerRequest get(Map<String, String> query, Map<String, String> headers) {
        return new JavaWorkerRequest(HttpMethod.GET, headers, query, Optional.empty());
    }

    @Override
    public URI getUri() {
        return URI.create("https://app.azurewebsites.net/api");
    }

    @Override
    public HttpMethod getHttpMethod() {
        return method;
    }

    @Override
    public Map<String, String> getHeaders() {
        return headers;
    }

    @Override
    public Map<String, String> getQueryParameters() {
        return query;
    }

    @Override
    public Optional<String> getBody() {
        return body;
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
        return new Response().status(status);
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
        return new Response().status(status);
    }

    private static final class Response implements HttpResponseMessage, HttpResponseMessage.Builder {

        private final Map<String, String> headers = new HashMap<>();
        private HttpStatusType status;
        private Object body;

        @Override
        public Builder status(HttpStatusType value) {
            status = value;
            return this;
        }

        @Override
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        @Override
        public Builder body(Object value) {
            body = value;
            return this;
        }

        @Override
        public HttpResponseMessage build() {
            return this;
        }

        @Override
        public HttpStatusType getStatus() {
            return status;
        }

        @Override
        public String getHeader(String name) {
            return headers.get(name);
        }

        @Override
        public Object getBody() {
            return body;
        }
    }
}
