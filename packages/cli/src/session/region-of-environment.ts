import { InvalidInputError } from '@postern/core/internal/library';
import type { Cloud } from '@postern/core/internal/kinds';
import type { Io } from '../process/io.js';
import { cloudsOf } from '../spec/brought-clouds.js';

/** The region that the variables of a cloud's own tools name. */
export function regionIn(env: Io['env'], cloud: Cloud | undefined): string | undefined {
  const { variables = [] } = cloud?.regions ?? {};
  return variables.map((name) => env[name]).find((value) => value !== undefined && value !== '');
}

/** As {@link regionIn}, by the name of a cloud of the command. */
export async function regionOfEnvironment(io: Io, provider: string): Promise<string | undefined> {
  return regionIn(io.env, (await cloudsOf(io)).named(provider));
}

/** The region that is given, or that of the environment. @throws {InvalidInputError} `REGION_MISSING` */
export async function requireRegionOf(io: Io, provider: string, given?: string): Promise<string> {
  const region = given ?? (await regionOfEnvironment(io, provider));
  if (region !== undefined) return region;

  const [first] = (await cloudsOf(io)).named(provider)?.regions.variables ?? [];
  throw new InvalidInputError('REGION_MISSING', 'no region given', {
    remedy: `Add --region${first === undefined ? '' : `, or set ${first}`}.`,
  });
}
