package dev.rapport.events.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;

class The_stored_place_of_a_reader {

    private final TokenSerializer serializer = new TokenSerializer();

    @Test
    void is_read_back() {
        assertReadBack(new GlobalSequenceTrackingToken(42));
    }

    @Test
    void is_read_back_in_the_middle_of_a_replay() {
        assertReadBack(ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(42)));
        assertReadBack(ReplayToken.createReplayToken(
                new GlobalSequenceTrackingToken(42), new GlobalSequenceTrackingToken(7), "because"));
    }

    @Test
    void is_read_back_after_segments_were_merged() {
        assertReadBack(
                MergedTrackingToken.merged(new GlobalSequenceTrackingToken(3), new GlobalSequenceTrackingToken(5)));
        assertReadBack(MergedTrackingToken.merged(
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(42)),
                new GlobalSequenceTrackingToken(5)));
    }

    private void assertReadBack(TrackingToken token) {
        var stored = serializer.serialize(token, byte[].class);
        var asTheTokenStoreDoes = new SimpleSerializedObject<>(
                stored.getData(), byte[].class, stored.getType().getName(), null);

        assertThat(serializer.<byte[], TrackingToken>deserialize(asTheTokenStoreDoes))
                .isEqualTo(token);
    }
}
