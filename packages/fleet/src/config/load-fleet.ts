import path from 'node:path';
import { glob } from 'tinyglobby';
import { readTextFile } from '@postern/core/internal/node';
import type { Environment, Clouds } from '@postern/core/internal/spec';
import type { FleetFile } from './fleet-file.js';
import { parseFleet } from './parse-fleet.js';
import { planFleet, type FleetPlan, type SelectedSpec } from './plan-fleet.js';

/** How the file of a fleet is found, and what its specs are parsed with. */
export interface LoadFleetOptions {
  /** The clouds that specs may name. */
  readonly clouds: Clouds;
  readonly cwd: string;
  /** Variables for `${env:NAME}` in specs. */
  readonly env?: Environment | undefined;
}

/**
 * Reads the file of a fleet and the specs that it selects.
 * @throws {InvalidInputError} as `parseFleet` and `planFleet`. {PosternError} `FILE_UNREADABLE`.
 */
export async function loadFleet(file: string, { cwd, clouds, env }: LoadFleetOptions): Promise<FleetPlan> {
  const full = path.resolve(cwd, file);
  const text = await readTextFile(full, {
    shown: file,
    remedy: 'Name the file of the fleet; docs/fleet.md has an example.',
  });
  const fleet = parseFleet(text, { file, clouds, json: file.endsWith('.json') });
  return planFleet(fleet, await findSpecs(fleet, cwd, path.dirname(file)), { clouds, env });
}

/** The files that the globs of a fleet match below its folder, in the order of their names. */
async function findSpecs(fleet: FleetFile, cwd: string, folder: string): Promise<readonly SelectedSpec[]> {
  const found = new Map<string, number[]>();
  for (const [at, { files }] of fleet.specs.entries()) {
    const matched = await glob([...files], {
      cwd: path.resolve(cwd, folder),
      expandDirectories: false,
      followSymbolicLinks: false,
      ignore: ['**/node_modules/**'],
    });
    for (const file of matched) found.set(file, [...(found.get(file) ?? []), at]);
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  const specs: SelectedSpec[] = [];
  for (const [file, selectedBy] of sorted) {
    const shown = path.join(folder, file);
    specs.push({ file, shown, selectedBy, text: await readTextFile(path.resolve(cwd, shown), { shown }) });
  }
  return specs;
}
