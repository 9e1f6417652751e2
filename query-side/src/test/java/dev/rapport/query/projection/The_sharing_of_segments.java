package dev.rapport.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who lets go of a segment, so that others get their share. */
class The_sharing_of_segments {

    /** By whom each segment is worked on; a blank stands for nobody. */
    private static List<Optional<String>> owned(String... owners) {
        return new ArrayList<>(Stream.of(owners)
                .map(owner -> Optional.of(owner).filter(name -> !name.isBlank()))
                .toList());
    }

    private static boolean lettingGo(Set<String> present, String... owners) {
        return SegmentSharing.hasTooMany("us", present, owned(owners));
    }

    @Test
    void is_up_to_who_has_two_more_than_another() {
        assertThat(lettingGo(Set.of("us", "them"), "us", "us", "us", "us")).isTrue();
        assertThat(lettingGo(Set.of("us", "them"), "us", "us", "us", "them")).isTrue();
        assertThat(lettingGo(Set.of("us", "them", "others"), "us", "us", "them", "them"))
                .isTrue();
    }

    @Test
    void is_done_when_nobody_has_two_more_than_another() {
        assertThat(lettingGo(Set.of("us", "them"), "us", "us", "them", "them")).isFalse();
        assertThat(lettingGo(Set.of("us", "them"), "us", "us", "them")).isFalse();
        assertThat(lettingGo(Set.of("us", "them", "others"), "us", "us", "them", "others"))
                .isFalse();
        assertThat(lettingGo(Set.of("us"), "us", "us", "us", "us")).isFalse();
        assertThat(lettingGo(Set.of("us", "them"), "us", "them", "them", "them"))
                .isFalse();
    }

    @Test
    void waits_while_a_segment_is_free_or_with_a_node_that_is_gone() {
        assertThat(lettingGo(Set.of("us", "them"), "us", "us", "us", "")).isFalse();
        assertThat(lettingGo(Set.of("us", "them"), "us", "us", "us", "gone")).isFalse();
    }

    @Test
    void ends_with_equal_shares_whoever_came_first() {
        Set<String> present = Set.of("a", "b", "c");
        List<Optional<String>> owners = owned("a", "a", "a", "a", "a", "a", "a");
        for (int round = 0; round < owners.size(); round++) {
            if (SegmentSharing.hasTooMany("a", present, owners)) {
                owners.set(owners.lastIndexOf(Optional.of("a")), Optional.of(round % 2 == 0 ? "b" : "c"));
            }
        }

        assertThat(owners).containsExactlyInAnyOrderElementsOf(owned("a", "a", "a", "b", "b", "c", "c"));
    }
}
