package clearml.apiserver.call;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BodyRoomTest {

    private static final long MIB = 1024 * 1024;

    private final BodyRoom room = new BodyRoom(4 * MIB, 50);

    @Test
    void largeBodiesHaveRoomUntilItIsTaken() {
        try (BodyRoom.Place first = room.place();
                BodyRoom.Place second = room.place()) {
            first.need(3 * MIB);
            assertThatThrownBy(() -> second.need(2 * MIB)).hasMessageContaining("Service temporarily unavailable");
            first.close();
            second.need(2 * MIB);
        }
        assertThatCode(this::all).doesNotThrowAnyException();
    }

    @Test
    void smallBodiesAreAlwaysTaken() {
        try (BodyRoom.Place all = room.place();
                BodyRoom.Place small = room.place()) {
            all.need(4 * MIB);
            assertThatCode(() -> small.need(1_000)).doesNotThrowAnyException();
        }
    }

    @Test
    void aBodyLargerThanTheRoomIsTakenAlone() {
        try (BodyRoom.Place huge = room.place();
                BodyRoom.Place other = room.place()) {
            huge.need(100 * MIB);
            assertThatThrownBy(() -> other.need(MIB)).isInstanceOf(ApiException.class);
        }
        assertThatCode(this::all).doesNotThrowAnyException();
    }

    @Test
    void aBodyOfUnknownLengthTakesRoomAsItGrows() {
        try (BodyRoom.Place growing = room.place();
                BodyRoom.Place other = room.place()) {
            other.need(2 * MIB);
            growing.need(MIB);
            growing.need(MIB + 1);
            assertThatThrownBy(() -> growing.need(3 * MIB)).isInstanceOf(ApiException.class);
        }
        assertThatCode(this::all).doesNotThrowAnyException();
    }

    private void all() {
        try (BodyRoom.Place place = room.place()) {
            place.need(4 * MIB);
        }
    }
}
