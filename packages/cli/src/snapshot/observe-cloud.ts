import { InvalidInputError, PrivateIntegrations, type Snapshot, type Spec } from '@postern/core/internal/library';
import { beginReading, isName } from '@postern/core/internal/adapter';
import { observeSpec } from '@postern/core/internal/plan';
import { SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import type { CommonOptions } from '../invocation.js';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';
import { openSession } from '../session/open-session.js';
import { providerOf } from '../session/provider-of.js';
import { regionOfEnvironment, requireRegionOf } from '../session/region-of-environment.js';
import { cloudsOf } from '../spec/brought-clouds.js';
import { findSpec, loadSpec, placesOfFolder } from '../spec/load-spec.js';
import { refuseOptions, type SnapshotOptions } from './snapshot-options.js';

/** The project whose marks count as managed where no project is named. */
const NO_PROJECT = 'postern';

/**
 * The current state of a spec, where one is named, or of one or more whole regions; with everything that
 * checks use.
 * @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`; {CloudError} what prevents a whole
 * observation.
 */
export async function observeFor(io: Io, options: SnapshotOptions & CommonOptions): Promise<Snapshot> {
  const { profile, debug, flowLogs } = options;
  const file = options.spec ?? (await specInstead(io, options));
  if (file === undefined) return await observeRegions(io, options);

  refuseOptions(options, 'a spec', 'project');
  const { region: [region, ...more] = [], provider, all } = options;
  if (more.length > 0) {
    throw new InvalidInputError('INVALID_INPUT', 'several regions were given, but the spec already names the regions', {
      remedy: 'Remove --region, or give one for the links without a region.',
    });
  }

  const loaded = (await loadSpec(file, io, { region, provider, profile })).spec;
  const spec = provider === undefined ? loaded : ofProvider(loaded, provider);
  const { context, drivers } = await openSession(io, { debug, spec, profile, notesWaits: true });
  return await observeSpec(spec, drivers, context, { all, checks: true, flowLogs });
}

/** The spec of this folder, where no region is named. */
async function specInstead(io: Io, { region, provider, project }: SnapshotOptions): Promise<string | undefined> {
  if (region !== undefined || project !== undefined) return undefined;
  if ((await regionOfEnvironment(io, providerOf(await cloudsOf(io), provider))) !== undefined) return undefined;

  const found = await findSpec(io);
  if (found !== undefined) note(io, `no region given, so the snapshot holds what ${found} names`);
  return found;
}

/** The part of a spec that is one cloud's. */
export function ofProvider(spec: Spec, provider: string): Spec {
  const links = Object.fromEntries(Object.entries(spec.links).filter(([, link]) => link.provider === provider));
  const integrations = Object.fromEntries(
    Object.entries(spec.integrations).filter(([, { link }]) => Object.hasOwn(links, link)),
  );
  return { ...spec, links, integrations };
}

/** The current state of one or more whole regions. @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`. */
export async function observeRegions(
  io: Io,
  options: Pick<SnapshotOptions, 'flowLogs' | 'profile' | 'project' | 'provider' | 'region'> & CommonOptions,
): Promise<Snapshot> {
  const { profile, project = NO_PROJECT, debug, flowLogs } = options;
  const named = providerOf(await cloudsOf(io), options.provider, ...(options.region ?? []));
  const found = await regionOfEnvironment(io, named);
  const places = options.region === undefined && found === undefined ? await placesOfFolder(io, options.provider) : [];
  const [place] = places;
  const isOneCloud = place !== undefined && places.every((one) => one.provider === place.provider);
  if (isOneCloud)
    note(io, `no region given, so ${places.map(({ region }) => region).join(' and ')} of ${place.file} is read`);
  const provider = isOneCloud ? place.provider : named;
  const ofSpec = isOneCloud ? places.map(({ region }) => region) : [];
  const wanted = options.region ?? (found === undefined ? ofSpec : [found]);
  const regions = wanted.length === 0 ? [await requireRegionOf(io, provider)] : [...new Set(wanted)];
  if (!isName(project)) {
    throw new InvalidInputError('INVALID_INPUT', `--project: ${JSON.stringify(project)} is not a valid name`, {
      remedy: 'Use 1 to 63 ASCII letters, digits, ".", "_" and "-", beginning with a letter or digit.',
    });
  }

  const { context, drivers } = await openSession(io, { debug, notesWaits: true });
  const { signal, ...rest } = context;
  const taken = beginReading(context);
  const read: Snapshot[] = [];
  for (const region of regions) {
    if (regions.length > 1) note(io, `reading ${provider} ${region}`);
    const driver = await drivers({ provider, region, profile });
    read.push(await new PrivateIntegrations(driver, { ...rest, project }).observe({ signal, checks: true, flowLogs }));
  }
  return { version: SNAPSHOT_VERSION, ...taken(), scope: 'all', regions: read.flatMap((one) => one.regions) };
}
