package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;

/** What PullReference does, as a JSON patch that holds only for the service account as it was seen. */
final class AccountPatch {

    private static final String ANNOTATIONS = "/metadata/annotations";
    private static final String ADDED = ANNOTATIONS + '/' + PullReference.ADDED.replace("/", "~1");

    private final JsonArray operations = new JsonArray();

    private AccountPatch(JsonObject account) {
        put(
                "test",
                "/metadata/resourceVersion",
                account.getAsJsonObject("metadata").get("resourceVersion"));
    }

    static String adding(PullReference reference, JsonObject account) {
        AccountPatch patch = new AccountPatch(account);
        JsonObject after = account.deepCopy();
        reference.addTo(after);
        JsonElement all = after.get(PullReference.LIST);
        if (account.has(PullReference.LIST)) {
            JsonArray list = all.getAsJsonArray();
            patch.put("add", '/' + PullReference.LIST + "/-", list.get(list.size() - 1));
        } else {
            patch.put("add", '/' + PullReference.LIST, all);
        }
        JsonObject annotations = after.getAsJsonObject("metadata").getAsJsonObject("annotations");
        if (account.getAsJsonObject("metadata").has("annotations")) {
            patch.put("add", ADDED, annotations.get(PullReference.ADDED));
        } else {
            patch.put("add", ANNOTATIONS, annotations);
        }
        return patch.operations.toString();
    }

    static String removing(PullReference reference, JsonObject account) {
        AccountPatch patch = new AccountPatch(account);
        List<JsonObject> list = Fields.objects(account, PullReference.LIST);
        for (int at = list.size() - 1; at >= 0; at--) {
            if (Fields.text(list.get(at), "name")
                    .filter(reference.secret()::equals)
                    .isPresent()) {
                patch.put("remove", '/' + PullReference.LIST + '/' + at, null);
            }
        }
        List<String> left = PullReference.added(account).stream()
                .filter(each -> !each.equals(reference.secret()))
                .toList();
        if (left.isEmpty()) {
            patch.put("remove", ADDED, null);
        } else {
            patch.put("add", ADDED, new JsonPrimitive(String.join(",", left)));
        }
        return patch.operations.toString();
    }

    private void put(String operation, String path, JsonElement value) {
        JsonObject put = new JsonObject();
        put.addProperty("op", operation);
        put.addProperty("path", path);
        if (value != null) {
            put.add("value", value);
        }
        operations.add(put);
    }
}
