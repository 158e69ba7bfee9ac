import type { AssumedFacts } from '@postern/core/spec';
import type { Io } from '../process/io.js';
import type { MigrateOptions } from './migrate-options.js';

/** Facts that no API shows, as a spec declares them. Nothing is assumed where no spec is named. */
export async function assumptionsOf(
  io: Io,
  { spec, region }: Pick<MigrateOptions, 'spec' | 'region'>,
): Promise<AssumedFacts | undefined> {
  if (spec === undefined) return undefined;
  const { loadSpec } = await import('../spec/load-spec.js');
  return (await loadSpec(spec, io, { region, factsOnly: true })).spec.assume;
}
