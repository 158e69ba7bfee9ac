import { EVENTS_VERSION } from '@postern/core/internal/plan';
import { displayText, jsonText } from '@postern/core/internal/report';
import type { Io } from '../process/io.js';
import { VERSION } from '../version.js';
import { fit } from './layout.js';

/** Prints one JSON document. */
export function printJson(io: Io, value: unknown): void {
  io.stdout.write(`${jsonText(value, 2)}\n`);
}

/** A stream of JSON lines. The first line contains the version of the others. */
export function jsonLines(io: Io): (value: unknown) => void {
  const { stdout } = io;
  const line = (value: unknown): void =>
    stdout.writeLine === undefined ? stdout.write(`${jsonText(value)}\n`) : stdout.writeLine(value);
  line({ type: 'version', version: EVENTS_VERSION, postern: VERSION });
  return line;
}

/** Lines of text for people, as wide as the terminal at most. */
export function printLines(io: Io, ...lines: readonly string[]): void {
  for (const line of fit(lines, io.stdout.columns)) io.stdout.write(`${line}\n`);
}

/** A note that is not the command's result. It is written to stderr. */
export function note(io: Io, text: string): void {
  io.stderr.write(`note: ${displayText(text)}\n`);
}
