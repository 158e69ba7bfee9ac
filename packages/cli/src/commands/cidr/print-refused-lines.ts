import { displayText } from '@postern/core/internal/report';
import type { Io } from '../../process/io.js';
import { asciiJson } from './output.js';
import { placeOf, type Input } from './places.js';

/** Lines that are shown of those that are refused. */
const SHOWN = 20;

/**
 * Reports which lines are refused, and why: as text on stderr, `FILE:LINE: REASON: TEXT (use CANONICAL)`,
 * then the error as all commands write it; or as JSON on stdout.
 */
export function reportRefused(io: Io, command: string, inputs: readonly Input[], json: boolean): void {
  const shown = inputs
    .flatMap(({ lines, names }) =>
      lines.refused.map(({ line, ...refused }) => ({ at: placeOf(lines, names, line), ...refused })),
    )
    .slice(0, SHOWN);
  const errorCount = inputs.reduce((sum, { lines }) => sum + lines.refusedCount, 0);
  if (json) {
    const errors = shown.map(({ at, reason, text, canonical }) => ({ at, reason, text, canonical }));
    io.stdout.write(`${asciiJson({ command, errorCount, errors })}\n`);
    return;
  }

  for (const { at, reason, text, canonical } of shown) {
    const use = canonical === undefined ? '' : ` (use ${canonical})`;
    io.stderr.write(`${displayText(`${at}: ${reason}: ${text}${use}`)}\n`);
  }
  if (errorCount > shown.length) io.stderr.write(`… and ${errorCount - shown.length} more\n`);
  const lines = errorCount === 1 ? 'line is not a CIDR block' : 'lines are not CIDR blocks';
  io.stderr.write(`error INVALID_PREFIX: ${errorCount} ${lines}\n  Correct the lines listed above.\n`);
}
