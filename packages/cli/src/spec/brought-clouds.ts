import path from 'node:path';
import { InvalidInputError } from '@postern/core';
import type { Cloud, Clouds } from '@postern/core/kinds';
import type { CloudPlanner } from '@postern/core/planner';
import type { BroughtClouds, CloudProgram, SpecInput } from './spec-input.js';

/** What programs are found by. */
interface Place {
  readonly cwd: string;
  readonly spec?: SpecInput | undefined;
}

/**
 * Runs the programs of `--cloud`, once for a command. Undefined where there is none.
 * @throws {PosternError} `FILE_UNREADABLE` where a program fails. {InvalidInputError} `INVALID_INPUT` for another export, and for a cloud
 * whose name, kind or key another cloud has.
 */
export async function broughtClouds({ spec, cwd }: Place): Promise<BroughtClouds | undefined> {
  if (spec === undefined || spec.clouds.length === 0) return undefined;
  return (spec.brought ??= load(spec.clouds, cwd));
}

/** The clouds of a command: AWS, Alibaba Cloud, and those that programs bring. @throws as {@link broughtClouds} */
export async function cloudsOf(place: Place): Promise<Clouds> {
  const brought = await broughtClouds(place);
  if (brought !== undefined) return brought.clouds;
  const [{ clouds }, own] = await Promise.all([import('@postern/core/kinds'), ownClouds()]);
  return clouds(own);
}

/** Values alone: the SDKs are loaded with the drivers. */
async function ownClouds(): Promise<readonly Cloud[]> {
  const [aws, alibaba] = await Promise.all([import('@postern/aws/cloud'), import('@postern/alibaba/cloud')]);
  return [aws.cloud, alibaba.cloud];
}

/** What `advise` knows of them. @throws as `broughtClouds`. */
export async function plannersOf(place: Place): Promise<readonly CloudPlanner[]> {
  const [brought, ...own] = await Promise.all([
    broughtClouds(place),
    import('@postern/aws/planner'),
    import('@postern/alibaba/planner'),
  ]);
  return [...own.map(({ planner }) => planner), ...(brought?.planners ?? [])];
}

async function load(files: readonly string[], cwd: string): Promise<BroughtClouds> {
  const [{ clouds }, own, { runProgram }] = await Promise.all([
    import('@postern/core/kinds'),
    ownClouds(),
    import('./run-program.js'),
  ]);
  const programs: CloudProgram[] = [];
  for (const file of files) programs.push(checked(await runProgram(path.resolve(cwd, file), file), file));
  try {
    return {
      clouds: clouds([...own, ...programs.map(({ cloud }) => cloud)]),
      drivers: new Map(programs.map(({ cloud, driver }) => [cloud.name, driver])),
      planners: programs.flatMap(({ planner }) => planner ?? []),
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InvalidInputError('INVALID_INPUT', `--cloud ${files.join(' ')}: ${error.message}`, {
      cause: error,
      remedy: 'Give clouds, kinds and keys of gateways names that no other cloud has.',
    });
  }
}

function checked(given: unknown, file: string): CloudProgram {
  const { cloud, driver, planner } = (given ?? {}) as Partial<CloudProgram>;
  if (typeof driver === 'function' && typeof cloud === 'object' && typeof cloud.name === 'string')
    return { cloud, driver, planner };
  throw new InvalidInputError('INVALID_INPUT', `--cloud ${file}: the default export is not { cloud, driver }`, {
    place: { file },
    remedy: 'Export default { cloud: defineCloud({ … }), driver: (place) => driverOf({ … }) }.',
  });
}
