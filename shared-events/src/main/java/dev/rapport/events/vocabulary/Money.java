package dev.rapport.events.vocabulary;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount of money, exact to the digit that was given, in a currency of ISO 4217.
 */
public record Money(BigDecimal amount, Currency currency) {}
