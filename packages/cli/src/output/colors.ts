import { styleText } from 'node:util';
import type { Style } from '@postern/core/internal/report';
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
 * Colors for stdout. Undefined if stdout is not a terminal, unless FORCE_COLOR is set. Undefined if NO_COLOR
 * is set, or FORCE_COLOR is 0.
 * @see https://no-color.org
 * @see https://force-color.org
 */
export function painter({ stdout, env }: Io): ((style: Style, text: string) => string) | undefined {
  if ((env['NO_COLOR'] ?? '') !== '') return undefined;

  const forced = env['FORCE_COLOR'] ?? '';
  if (forced === '0' || forced === 'false') return undefined;

  const wanted = stdout.isTerminal && env['TERM'] !== 'dumb';
  if (!wanted && !['1', '2', '3', 'true'].includes(forced)) return undefined;

  // It is known already whether there is a terminal. Some versions would check the process's own.
  return (style, text) => styleText(COLORS[style], text, { validateStream: false });
}
