package io.github.acrattach.adapter.azure;

import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A list that Azure answers in pages. */
public final class Pages {

    private Pages() {}

    /**
     * All items, read as the function says; those that it makes nothing of are left out. Fails when the pages lead back
     * to one that was read already.
     */
    public static <T, R> Mono<List<R>> all(PagedFlux<T> list, Function<T, Stream<R>> reading) {
        return Flux.defer(() -> {
                    Set<String> links = new HashSet<>();
                    return list.byPage().concatMap(page -> items(page, links), 1);
                })
                .flatMapIterable(item -> reading.apply(item).toList())
                .collectList();
    }

    private static <T> Flux<T> items(PagedResponse<T> page, Set<String> links) {
        String next = page.getContinuationToken();
        if (next != null) {
            follow(next, links);
        }
        return Flux.fromIterable(page.getValue());
    }

    /** Keeps the link to the next page; fails when it leads back to one that was read already. */
    public static void follow(String link, Set<String> links) {
        if (!links.add(link)) {
            throw Answers.useless("the pages of a list lead back to themselves");
        }
    }
}
