import { InvalidInputError } from '@postern/core/internal/library';
import type { snapshot } from '../commands/check/grammar.js';
import type { OptionsOf } from '../grammar/options.js';

/** The options of `postern snapshot`, whatever it is to do. */
export type SnapshotOptions = OptionsOf<typeof snapshot>;

const FLAGS: Readonly<Record<keyof SnapshotOptions, string>> = {
  provider: '--provider',
  region: '--region',
  profile: '--profile',
  project: '--project',
  spec: '--spec',
  all: '--all',
  flowLogs: '--flow-logs',
  output: '--output',
  redact: '--redact',
  raw: '--raw',
  policy: '--policy',
};

/**
 * Refuses options that have no effect here, so that they are not ignored silently.
 * @throws {InvalidInputError} `INVALID_INPUT`.
 */
export function refuseOptions(
  options: SnapshotOptions,
  what: string,
  ...names: readonly (keyof SnapshotOptions)[]
): void {
  const given = names.filter((name) => options[name] !== undefined).map((name) => FLAGS[name]);
  if (given.length === 0) return;

  throw new InvalidInputError('INVALID_INPUT', `${given.join(', ')}: not supported with ${what}`, {
    remedy: `Remove ${given.length === 1 ? 'it' : 'them'}; see \`postern snapshot --help\`.`,
  });
}
