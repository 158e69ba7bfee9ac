import { styleText } from 'node:util';
import type { Style } from '@postern/core';
import type { Io } from './io.js';

const COLOURS: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
  error: 'red',
  warning: 'yellow',
  note: 'cyan',
  unknown: 'magenta',
  pass: 'green',
  heading: 'bold',
  quiet: 'dim',
  remedy: 'cyan',
};

/**
 * Colours for what goes to stdout; undefined where that is no terminal, or the user wants none.
 * @see https://no-color.org
 */
export function painter({ stdout, env }: Io): ((style: Style, text: string) => string) | undefined {
  const unwanted = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  if (unwanted || !stdout.isTerminal) return undefined;
  // Whether there is a terminal is known already; some versions would look at the process's own.
  return (style, text) => styleText(COLOURS[style], text, { validateStream: false });
}
