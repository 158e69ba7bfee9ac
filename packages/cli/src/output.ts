import { displayText, EVENTS_VERSION } from '@postern/core';
import type { Io } from './io.js';
import { VERSION } from './version.js';

/** Prints one JSON document. */
export function printJson(io: Io, value: unknown): void {
  io.stdout.write(`${safeJson(JSON.stringify(value, undefined, 2))}\n`);
}

/**
 * JSON escapes only C0: what else drives a terminal (C1, bidi, zero width) or ends a line for some readers (U+2028) is escaped
 * here. It can stand in strings only, so the value stays the same.
 */
function safeJson(text: string): string {
  return text.replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    },
  );
}

/** A stream of JSON lines; the first says of what version the others are. */
export function jsonLines(io: Io): (value: unknown) => void {
  const line = (value: unknown): void => io.stdout.write(`${safeJson(JSON.stringify(value))}\n`);
  line({ type: 'version', version: EVENTS_VERSION, postern: VERSION });
  return line;
}

/** Lines of text for people. */
export function printLines(io: Io, ...lines: readonly string[]): void {
  for (const line of lines) io.stdout.write(`${line}\n`);
}

/** A remark that is not the command's result: it goes to stderr. */
export function note(io: Io, text: string): void {
  io.stderr.write(`note: ${displayText(text)}\n`);
}

/** Rows as text in columns; the last column is not padded. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** `850 ms`, `12 s`, `2 m 10 s`, `1 h 5 m`. */
export function lengthOfTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} m` : `${minutes} m ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}

/** `1 change`, `2 changes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
