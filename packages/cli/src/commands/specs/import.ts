import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isName, InvalidInputError, type Owner, type Snapshot } from '@postern/core/internal/adapter';
import { alikeGaps } from '@postern/core/internal/report';
import { newSpecIdentity } from '@postern/core/internal/spec';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import type { CommonOptions } from '../../invocation.js';
import { note, printJson } from '../../output/print.js';
import { refuseOverwriting } from '../../output/files.js';
import type { Io } from '../../process/io.js';
import { MAX_PLAN_BYTES, readFile } from '../../process/read-file.js';
import { openSession } from '../../session/open-session.js';
import { providerOf } from '../../session/provider-of.js';
import { regionOfEnvironment, requireRegionOf } from '../../session/region-of-environment.js';
import { cloudsOf, plansOf } from '../../spec/brought-clouds.js';
import { placesOfFolder } from '../../spec/load-spec.js';
import { refusePlaceBesideFile } from '../../spec/region-option.js';
import { schemaAddress, schemaAddressOf, writeSchemaCopy } from '../../spec/starter.js';

/** What the spec of an import begins with. An import may replace an earlier import. */
const IMPORTED = /^(?:# [^\n]*\n)?# What (?:was there at|there is according to) /;

/** What a spec is imported from. */
interface Source {
  readonly observed: Snapshot;
  /** Reads again, for the deployments of a spec. */
  readonly again?: ((spec: string) => Promise<Snapshot>) | undefined;
  /** How to list the existing links. */
  readonly list?: string | undefined;
  /** See {@link SpecFromSnapshotOptions}. */
  readonly source?: string | undefined;
  readonly left?: readonly string[] | undefined;
  readonly notes?: readonly string[] | undefined;
}

/** `postern import`: the spec of what exists. With `--json`, the snapshot that it was made from. */
export async function run({ io, options }: CallOf<typeof grammar.importing>): Promise<number> {
  const { project, link } = options;
  const output = options.output === '-' ? undefined : options.output;
  if (!isName(project)) {
    throw new InvalidInputError('INVALID_INPUT', `--project: ${JSON.stringify(project)} is not a valid name`, {
      remedy: 'Use 1 to 63 ASCII letters, digits, ".", "_" and "-", beginning with a letter or digit.',
    });
  }

  const file = output === undefined ? undefined : path.resolve(io.cwd, output);
  if (output !== undefined && file !== undefined && options.force !== true)
    await refuseOverwriting(io, [output], { command: 'postern import', mark: IMPORTED });
  const isOffline = options.terraform !== undefined || options.snapshot !== undefined;
  const { observed, again, list, source, ...others } = await (isOffline ? ofFiles(io, options) : ofCloud(io, options));
  const left = [...(others.left ?? [])];
  const { notes = [] } = others;
  const { specFromSnapshot } = await import('@postern/core/internal/spec');
  if (link !== undefined && !observed.regions.some(({ links }) => links.some(({ id }) => id === link))) {
    const where = observed.regions.map(({ region }) => region).join(', ');
    throw new InvalidInputError('NOT_FOUND', `link ${link} does not exist in ${where}`, {
      remedy: list === undefined ? 'Leave --link out to see all links.' : `See \`${list}\`.`,
    });
  }

  // What is left out would be deleted by a plan with the identity of the spec that owns it.
  const spec = importedIdentity(observed, project, { part: link !== undefined || left.length > 0 });
  const isPart = source !== undefined && options.snapshot === undefined && isOwned(observed, { project, spec });
  if (isPart) left.push(`what spec ${spec} owns and ${source} does not have: a plan of this file deletes it`);
  // Which deployments of a stage count depends on the identity of the spec.
  const snapshot = hasDeployments(observed, { project, spec }) ? ((await again?.(spec)) ?? observed) : observed;
  const links = link === undefined ? undefined : [link];
  const isFile = file !== undefined && (await stat(file).catch(() => undefined))?.isFile() !== false; // and no device
  const schema = isFile ? await schemaAddressOf(io, file) : await schemaAddress(io);
  const clouds = await cloudsOf(io);
  const { adopt } = options;
  const text = specFromSnapshot(snapshot, { project, spec, links, adopt, clouds, schema, source, left, notes });
  for (const one of [...left, ...notes]) note(io, one);
  for (const one of leftOf(text, left.length)) note(io, `left out: ${one}`);
  for (const gap of alikeGaps(snapshot.regions.flatMap(({ gaps }) => gaps)))
    note(io, `the spec does not include ${gap.what}: ${gap.operation} returned ${gap.code}`);
  // As in a file: without values that look like secrets.
  if (options.json === true)
    printJson(io, JSON.parse((await import('@postern/core/internal/snapshot')).encodeSnapshot(snapshot)));
  if (file === undefined) {
    if (options.json !== true) io.stdout.write(text);
    return 0;
  }

  const { writeTextFile } = await import('@postern/core/internal/node');
  await writeTextFile(file, text, { signal: io.signal });
  if (isFile) await writeSchemaCopy(io, file);
  note(io, `the spec is in ${output}`);
  return 0;
}

/** How many things that a spec leaves out are named beside it; the comments above it have all. */
const NAMED = 5;

/** What a spec cannot express, by the comments above its text, without the first `given`, which are noted already. */
function leftOf(text: string, given: number): readonly string[] {
  const left = [...text.matchAll(/^# Left out: (.*)$/gm)].map(([, what = '']) => what).slice(given);
  if (left.length <= NAMED) return left;

  return [...left.slice(0, NAMED), `${left.length - NAMED} more; the comments at the top of the spec name all`];
}

/** The live network. */
async function ofCloud(io: Io, options: OptionsOf<typeof grammar.importing> & CommonOptions): Promise<Source> {
  const { profile, project, link } = options;
  const named = providerOf(await cloudsOf(io), options.provider, link, options.region);
  const given = options.region ?? (await regionOfEnvironment(io, named));
  const [place, ...others] = given === undefined ? await placesOfFolder(io, options.provider ?? (link && named)) : [];
  const only = others.length === 0 ? place : undefined;
  if (only !== undefined) note(io, `no region given, so ${only.region} of ${only.file} is read`);
  const provider = only === undefined ? named : only.provider;
  const region = await requireRegionOf(io, provider, given ?? only?.region);
  const { context, drivers } = await openSession(io, { ...options, notesWaits: true });
  const driver = await drivers({ provider, region, profile });
  const { PrivateIntegrations } = await import('@postern/core/internal/library');
  const { signal, ...rest } = context;
  const read = (spec?: string): Promise<Snapshot> =>
    new PrivateIntegrations(driver, { ...rest, project, spec }).observe({ signal, domains: true });
  return { observed: await read(), again: read, list: `postern links --provider ${provider} --region ${region}` };
}

/** A snapshot, a plan or state of Terraform, or one over the other. No cloud is called. */
async function ofFiles(
  io: Io,
  { terraform, snapshot, ...place }: OptionsOf<typeof grammar.importing>,
): Promise<Source> {
  const { provider, region, profile } = place;
  const { readSnapshot } = await import('../../snapshot/read-snapshot.js');
  const base =
    snapshot === undefined
      ? undefined
      : await readSnapshot(io, snapshot, terraform === undefined ? place : { profile });
  const isWanted = (one: Snapshot['regions'][number]): boolean =>
    (provider === undefined || one.provider === provider) && (region === undefined || one.region === region);
  const only = (all: Snapshot): Snapshot => ({ ...all, regions: all.regions.filter(isWanted) });
  if (terraform === undefined) return { observed: only(base as Snapshot) };

  const { readTerraform, terraformSnapshot } = await import('@postern/core/internal/overlay');
  const document = readTerraform(await readFile(io, terraform, { maxBytes: MAX_PLAN_BYTES }), terraform);
  const { snapshot: observed, left, notes } = terraformSnapshot(document, base, { ...(await plansOf(io)), region });
  refusePlaceBesideFile(terraform, observed.regions, place);
  return {
    observed: only(observed),
    source: document.kind === 'plan' ? `${terraform}, after its apply` : terraform,
    left,
    notes,
  };
}

/** Whether a link or a route carries the marks of a spec. */
function isOwned({ regions }: Snapshot, { project, spec }: Pick<Owner, 'project' | 'spec'>): boolean {
  return regions
    .flatMap(({ links, gateways }) => [...links, ...gateways.flatMap(({ routes }) => routes)])
    .some(({ owner }) => owner?.project === project && owner.spec === spec);
}

/** Whether stages that are deployed on request show routes of the spec. */
function hasDeployments({ regions }: Snapshot, { project, spec }: Pick<Owner, 'project' | 'spec'>): boolean {
  return regions.some(({ gateways }) =>
    gateways.some(
      ({ routes, stages }) =>
        stages.some(({ autoDeploy }) => !autoDeploy) &&
        routes.some(({ owner }) => owner?.project === project && owner.spec === spec),
    ),
  );
}

/**
 * The identity of an imported spec: the existing one where all of the project's resources have it, else a new one. An import of a `part`
 * of the resources never gets the identity of an existing spec: the plan of the part would delete the rest of that spec.
 */
export function importedIdentity(
  { regions }: Snapshot,
  project: string,
  { part = false }: { readonly part?: boolean } = {},
): string {
  const [first, ...others] = new Set(
    regions
      .flatMap(({ links, gateways }) => [...links, ...gateways.flatMap(({ routes }) => routes)])
      .flatMap(({ owner }) => (owner?.project === project ? [owner.spec] : [])),
  );
  return part || first === undefined || others.length > 0 ? newSpecIdentity(project) : first;
}
