#!/usr/bin/env node
// The front of the command: it prints help that the build has stored (scripts/build.mjs), and starts the command for everything else. To load
// the grammar took as long as the start of Node.js itself.
import type * as fs from 'node:fs';
import { retiredNode, unsupportedNode } from './process/node-version.js';
import { HELP_COLUMNS } from './grammar/example-lines.js';
import { VERSION } from './version.js';

const argv = process.argv.slice(2);
const unsupported = unsupportedNode(process.versions.node);
if (unsupported !== undefined) {
  // What prints errors may not run here.
  process.stderr.write(
    `error UNSUPPORTED: ${unsupported}\n  Install a newer version: https://nodejs.org/en/download\n`,
  );
  process.exitCode = 1;
} else if (!printStored()) void import('./command.js');

/** Prints the stored help or the version, and says whether there is a text for these words, this output and this terminal. */
function printStored(): boolean {
  // An import would read every member of the module, and so load streams.
  const files = process.getBuiltinModule('node:fs');
  const text = storedText(files);
  if (text === undefined || !hasRoom(files) || !print(files, 1, text)) return false;

  const retired = /^(?:-h|--help)$/.test(argv.join(' ')) ? retiredNode(process.versions.node) : undefined;
  if (retired !== undefined) print(files, 2, `note: ${retired}\n`);
  return true;
}

function storedText({ readFileSync }: typeof fs): string | undefined {
  const words = argv.slice(0, -1);
  const [last = ''] = argv.slice(-1);
  if (words.length === 0 && /^(?:-V|--version)$/.test(last)) return `${VERSION}\n`;

  const isHelp = /^(?:-h|--help)$/.test(last) && words.every((word) => /^[a-z][a-z-]*$/.test(word));
  // Where a tracer is registered, the run has a span.
  if (!isHelp || Symbol.for('opentelemetry.js.api.1') in globalThis) return undefined;

  try {
    return readFileSync(new URL(`help/${['postern', ...words].join('-')}.txt`, import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}

/** Whether the output is as wide as the stored lines. Only a terminal has a width. To ask for it loads streams. */
function hasRoom({ fstatSync }: typeof fs): boolean {
  try {
    // As bigints: https://github.com/nodejs/node/issues/51142
    if (!fstatSync(1, { bigint: true }).isCharacterDevice()) return true;

    return (process.stdout.columns || HELP_COLUMNS) >= HELP_COLUMNS;
  } catch {
    return false;
  }
}

function print({ writeSync }: typeof fs, descriptor: 1 | 2, text: string): boolean {
  let rest: Uint8Array = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') (descriptor === 1 ? process.stdout : process.stderr).write(rest);
    // The reader has closed the pipe, as `head` does. The command reports other errors.
    return code === 'EAGAIN' || code === 'EPIPE';
  }
}
