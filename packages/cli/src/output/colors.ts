import { styleText } from 'node:util';
import type { Style } from '@postern/core';
import type { Io } from '../process/io.js';

const COLORS: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
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
 * Colors for what goes to stdout. Undefined where that is no terminal, unless FORCE_COLOR is set, and where NO_COLOR is.
 * @see https://no-color.org
 * @see https://force-color.org
 */
export function painter({ stdout, env }: Io): ((style: Style, text: string) => string) | undefined {
  if ((env['NO_COLOR'] ?? '') !== '') return undefined;
  const wanted = stdout.isTerminal && env['TERM'] !== 'dumb';
  if (!wanted && !['1', '2', '3', 'true'].includes(env['FORCE_COLOR'] ?? '')) return undefined;
  // Whether there is a terminal is known already; some versions would look at the process's own.
  return (style, text) => styleText(COLORS[style], text, { validateStream: false });
}
