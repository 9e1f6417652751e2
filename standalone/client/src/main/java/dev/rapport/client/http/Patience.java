package dev.rapport.client.http;

import java.time.Duration;

/**
 * How long somebody goes on asking who gets no answer.
 *
 * @param repetitions how often a request is sent again; an import counts those after which nothing more came of it
 * @param first the pause before the first of them, doubled for each that follows
 * @param silence for how long nothing may come of an answer that is waited for, neither its beginning nor more of it
 */
public record Patience(int repetitions, Duration first, Duration silence) {}
