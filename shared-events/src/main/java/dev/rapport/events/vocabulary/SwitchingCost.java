package dev.rapport.events.vocabulary;

/**
 * What it would take to do without the other party.
 */
public enum SwitchingCost {
    LOW,
    HIGH,
    NO_SWITCH_POSSIBLE
}
