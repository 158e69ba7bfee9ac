import { InvalidInputError } from '@postern/core';

/** The options of `postern snapshot`, whatever it is to do. */
export interface SnapshotOptions {
  readonly provider?: string;
  /** One or more. */
  readonly region?: readonly string[];
  readonly profile?: string;
  readonly project?: string;
  readonly spec?: string;
  readonly all?: boolean;
  readonly output?: string;
  readonly redact?: boolean;
  readonly raw?: boolean;
  readonly policy?: boolean;
}

const FLAGS: Readonly<Record<keyof SnapshotOptions, string>> = {
  provider: '--provider',
  region: '--region',
  profile: '--profile',
  project: '--project',
  spec: '--spec',
  all: '--all',
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
