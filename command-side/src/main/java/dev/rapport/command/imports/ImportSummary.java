package dev.rapport.command.imports;

/**
 * What became of an import.
 *
 * @param lines that held something
 * @param accepted that took effect now
 * @param repeated that had taken effect before, in this import or an earlier one
 * @param refused that did not take effect
 */
public record ImportSummary(long lines, long accepted, long repeated, long refused) {}
