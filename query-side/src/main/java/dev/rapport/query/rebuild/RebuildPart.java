package dev.rapport.query.rebuild;

/**
 * A share of the streams to fill a generation from, and how far it has come.
 *
 * @param afterStream the stream of the last event that was filled in; the first stream, when there is none yet
 * @param afterSequenceNumber its sequence number; -1 when there is none yet
 */
record RebuildPart(
        int number, String lastStream, long events, long eventsDone, String afterStream, long afterSequenceNumber) {

    RebuildPart after(String stream, long sequenceNumber, int events) {
        return new RebuildPart(number, lastStream, this.events, eventsDone + events, stream, sequenceNumber);
    }
}
