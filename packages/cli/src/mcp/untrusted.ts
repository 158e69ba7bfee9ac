import { displayText } from '@postern/core/report';

/** Characters of one text. */
const LONGEST = 400;
/** Lines of the text of an answer. The structured part has the same facts. */
const MOST_LINES = 60;

/**
 * Text that may come from a cloud or a file, as it is handed to a model: one line, without control characters or
 * characters that cannot be seen, at most 400 characters long.
 */
export function plain(text: string): string {
  const shown = displayText(text);
  return shown.length <= LONGEST ? shown : `${shown.slice(0, LONGEST - 1)}…`;
}

/** A name in a sentence to a person, such as a confirmation: `"orders"`. `longest`: its characters at most. */
export function quoted(name: string, longest = 100): string {
  const shown = displayText(name).replaceAll('"', "'");
  return `"${shown.length <= longest ? shown : `${shown.slice(0, longest - 1)}…`}"`;
}

/** Any plain value with {@link plain} texts, also as names of members. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'string') return plain(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [plain(name), plainValue(one)]));
}

/** The text of an answer: {@link plain} lines, at most 60. */
export function plainLines(text: string): string {
  const lines = text.trimEnd().split('\n').map(plain);
  if (lines.length <= MOST_LINES) return lines.join('\n');
  const shown = lines.slice(0, MOST_LINES - 1);
  return [...shown, `… ${lines.length - shown.length} more lines: see the structured part of this answer.`].join('\n');
}
