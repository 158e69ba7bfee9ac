import { emptyRegion } from '../../do/snapshot/empty-region.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import type { TerraformDocument } from '../terraform/document.js';
import { PROVIDERS } from '../rows/table.js';
import { instancesOf, type Instance } from '../terraform/instances.js';

/** Where resources are whose provider does not say it. */
export interface DefaultPlace {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/** The region of an instance: its own, that of its provider, or the default; undefined where none is known. */
export function regionOf(
  instance: Instance,
  { providers, variables }: TerraformDocument,
  fallback: string | undefined,
): string | undefined {
  const own = instance.after?.['region'] ?? instance.before?.['region'];
  if (typeof own === 'string' && own !== '') return own;
  const key = instance.config?.provider_config_key;
  // A provider that is passed to a module has the key of the module there: its own name is tried as well.
  const config = providers[key ?? ''] ?? providers[key?.split(':').at(-1) ?? ''];
  const expression = config?.expressions?.['region'] as Readonly<Record<string, unknown>> | undefined;
  const constant = expression?.['constant_value'];
  if (typeof constant === 'string') return constant;
  const references = (expression?.['references'] ?? []) as readonly string[];
  const named = references.flatMap((one) => /^var\.([\w-]+)$/.exec(one)?.[1] ?? []);
  const value = named.length === 1 ? variables[named[0] ?? ''] : undefined;
  return typeof value === 'string' ? value : fallback;
}

/** The region of a snapshot that resources are laid over: an empty one where the snapshot has none. */
export function baseRegion(
  base: Snapshot,
  provider: string,
  region: string,
  account: string | undefined,
): RegionSnapshot | undefined {
  const there = base.regions.filter((one) => one.provider === provider && one.region === region);
  const fitting = account === undefined ? there : there.filter((one) => one.account === account);
  if (fitting.length > 1) return undefined;
  return fitting[0] ?? emptyRegion({ provider, region, account: account ?? UNKNOWN_ACCOUNT });
}

/** The account of a region that no snapshot shows. It is part of ARNs that do not exist yet. */
const UNKNOWN_ACCOUNT = '000000000000';

/** A region of a cloud that has resources of a document. */
export interface TerraformPlace {
  readonly provider: string;
  readonly region: string;
}

/** The regions of a document's resources that can be laid: what a base has to show. */
export function terraformPlaces(document: TerraformDocument, fallback?: string): readonly TerraformPlace[] {
  const places = new Map<string, TerraformPlace>();
  for (const instance of instancesOf(document).all) {
    const provider = providerOf(instance.type);
    if (instance.mode === 'data' || PROVIDERS[provider] === undefined) continue;
    const region = regionOf(instance, document, fallback);
    if (region !== undefined) places.set(`${provider} ${region}`, { provider, region });
  }
  return [...places.values()];
}

/** The cloud of a type of resource: types begin with the name of their provider, on whatever registry that is. */
export function providerOf(type: string): string {
  const [name = ''] = type.split('_');
  return name === 'alicloud' ? 'alibaba' : name;
}
