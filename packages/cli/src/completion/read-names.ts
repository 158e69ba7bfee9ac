import type { Io } from '../process/io.js';
import { readFile } from '../process/read-file.js';
import { regionIn } from '../session/region-of-environment.js';
import { cloudsOf } from '../spec/brought-clouds.js';
import { findSpec } from '../spec/load-spec.js';
import { namesOf, NO_NAMES, type SpecNames } from './candidates.js';

/** The names of a spec; none where it cannot be read, or is a program. What is still to be filled in does not matter. */
export async function readNames(file: string | undefined, io: Io): Promise<SpecNames> {
  try {
    const named = file ?? (await findSpec(io));
    if (named === undefined || /\.[cm]?[jt]s$/.test(named)) return NO_NAMES;

    const text = await readFile(io, named);
    const { parseSpec } = await import('@postern/core/internal/spec');
    const clouds = await cloudsOf(io);
    const region = (provider: string): string => {
      const cloud = clouds.named(provider);
      return regionIn(io.env, cloud) ?? cloud?.regions.example ?? '';
    };
    return namesOf(parseSpec(text, { env: io.env, region, clouds }));
  } catch {
    return NO_NAMES;
  }
}
