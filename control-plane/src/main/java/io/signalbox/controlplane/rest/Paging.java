package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One page of a list. A page starts after the key that the page before ended with, so what is created or deleted between
 * two pages moves nothing else.
 *
 * @param list a word that tells this list from others; a page token of another list is refused
 * @param after the key that the page before ended with
 */
record Paging(String list, int size, Optional<String> after) {
    static final String PAGE_SIZE = "pageSize";
    static final String PAGE_TOKEN = "pageToken";

    private static final int USUAL_SIZE = 100;
    private static final int LARGEST_SIZE = 1000;

    static Paging of(Query query, String list) {
        int size = query.integer(PAGE_SIZE, USUAL_SIZE, 1, LARGEST_SIZE);
        return new Paging(list, size, query.find(PAGE_TOKEN).map(token -> key(token, list)));
    }

    /** @param items all that come after {@link #after}, in order; one more than the page is read */
    <T> ObjectNode page(Stream<T> items, Function<T, String> key, Function<T, ObjectNode> json) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode array = page.putArray("items");
        Iterator<T> iterator = items.iterator();
        while (iterator.hasNext() && array.size() < size) {
            T item = iterator.next();
            array.add(json.apply(item));
            if (array.size() == size && iterator.hasNext()) {
                page.put("nextPageToken", token(key.apply(item)));
            }
        }
        return page;
    }

    private String token(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + "/" + key).getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String token, String list) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(list + "/")) {
                return text.substring(list.length() + 1);
            }
        } catch (IllegalArgumentException e) {
            throw wrong(token);
        }
        throw wrong(token);
    }

    private static ProblemException wrong(String token) {
        return Query.wrong(PAGE_TOKEN, token, "the nextPageToken of another page of this list");
    }
}
