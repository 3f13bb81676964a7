package io.signalbox.routing;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the longest key that a text starts with in one walk over the text: a radix tree, immutable. */
final class PrefixMap<T> {
    private final Node<T> root;

    private PrefixMap(Node<T> root) {
        this.root = root;
    }

    static <T> PrefixMap<T> of(Map<String, T> entries) {
        SortedMap<String, T> sorted = new TreeMap<>(entries);
        return new PrefixMap<>(node(sorted, sorted.keySet().toArray(new String[0]), 0, sorted.size(), 0, null));
    }

    /** @param shorter the entry with the next shorter key that this one's key starts with */
    record Entry<T>(T value, @Nullable Entry<T> shorter) {}

    @Nullable
    Entry<T> longest(String text) {
        Node<T> node = root;
        Entry<T> best = null;
        int at = 0;
        while (text.startsWith(node.label, at)) {
            at += node.label.length();
            best = node.entry == null ? best : node.entry;
            Node<T> next = at < text.length() ? node.child(text.charAt(at)) : null;
            if (next == null) {
                break;
            }
            node = next;
        }
        return best;
    }

    /** Every value, in the order of the keys. */
    void forEach(Consumer<T> visitor) {
        root.forEach(visitor);
    }

    private static <T> Node<T> node(
            Map<String, T> entries, String[] keys, int first, int end, int from, @Nullable Entry<T> shorter) {
        String label = first == end ? "" : keys[first].substring(from, commonEnd(keys[first], keys[end - 1], from));
        int depth = from + label.length();
        int at = first;
        Entry<T> own = null;
        // Sorted, so the key that ends here comes before those that go on.
        if (at < end && keys[at].length() == depth) {
            own = new Entry<>(java.util.Objects.requireNonNull(entries.get(keys[at])), shorter);
            at++;
        }
        Node<T> node = new Node<>(label, own);
        while (at < end) {
            int groupEnd = at + 1;
            while (groupEnd < end && keys[groupEnd].charAt(depth) == keys[at].charAt(depth)) {
                groupEnd++;
            }
            node.add(keys[at].charAt(depth), node(entries, keys, at, groupEnd, depth, own == null ? shorter : own));
            at = groupEnd;
        }
        return node;
    }

    private static int commonEnd(String a, String b, int from) {
        int at = from;
        while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return at;
    }

    /** Changed only while the tree is built. */
    private static final class Node<T> {
        private final String label;
        private final @Nullable Entry<T> entry;
        private char[] firsts = new char[0];

        @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
        private Node<T>[] children = new Node[0];

        Node(String label, @Nullable Entry<T> entry) {
            this.label = label;
            this.entry = entry;
        }

        void add(char first, Node<T> child) {
            firsts = Arrays.copyOf(firsts, firsts.length + 1);
            firsts[firsts.length - 1] = first;
            children = Arrays.copyOf(children, children.length + 1);
            children[children.length - 1] = child;
        }

        void forEach(Consumer<T> visitor) {
            if (entry != null) {
                visitor.accept(entry.value());
            }
            for (Node<T> child : children) {
                child.forEach(visitor);
            }
        }

        @Nullable
        Node<T> child(char first) {
            int index = Arrays.binarySearch(firsts, first);
            return index < 0 ? null : children[index];
        }
    }
}
