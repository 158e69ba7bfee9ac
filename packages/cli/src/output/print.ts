import { displayText, EVENTS_VERSION } from '@postern/core';
import type { Io } from '../process/io.js';
import { VERSION } from '../version.js';

/** Prints one JSON document. */
export function printJson(io: Io, value: unknown): void {
  io.stdout.write(`${safeJson(JSON.stringify(value, undefined, 2))}\n`);
}

/**
 * JSON escapes only C0. Other characters that control a terminal (C1, bidi, zero width) or end a line for
 * some readers (U+2028) are escaped here. They can occur in strings only, so the value stays the same.
 */
function safeJson(text: string): string {
  return text.replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    },
  );
}

/** A stream of JSON lines. The first line contains the version of the others. */
export function jsonLines(io: Io): (value: unknown) => void {
  const line = (value: unknown): void => io.stdout.write(`${safeJson(JSON.stringify(value))}\n`);
  line({ type: 'version', version: EVENTS_VERSION, postern: VERSION });
  return line;
}

/** Lines of text for people. */
export function printLines(io: Io, ...lines: readonly string[]): void {
  for (const line of lines) io.stdout.write(`${line}\n`);
}

/** A note that is not the command's result. It is written to stderr. */
export function note(io: Io, text: string): void {
  io.stderr.write(`note: ${displayText(text)}\n`);
}
