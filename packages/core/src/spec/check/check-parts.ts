import type { LinkKindTraits } from '../../do/kinds/link/link-traits.js';
import type { LinkKind } from '../../do/model/link.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedLink, CheckedSpec, CheckedAllow } from '../schema/spec-schema.js';
import { type KeyPath, isPlainMap } from '../source/source-node.js';
import type { IdKinds } from '../../do/kinds/cloud/spec-keys.js';
import { idFault } from '../../do/kinds/id-kinds.js';
import type { LookUp, LinkSpec } from '../../do/spec.js';
import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { DeclaredLink, DeclaredPlace } from '../../do/kinds/cloud/declared.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { regionFault } from '../../ground/text/region-fault.js';
import { formatPrefix, parsePrefix } from '../../cidr/prefix.js';
import { isPosternError } from '../../ground/errors.js';

const PARTS: readonly LinkKindTraits['createdFrom'][] = ['subnets', 'loadBalancer'];

/** What links of a kind do not have, by what they are created from. */
const FOREIGN = {
  subnets: ['loadBalancer'],
  loadBalancer: ['subnets', 'securityGroups', 'network', 'allowlist'],
} as const;

/** A link is declared by its ID, or with what links of its kind are created from, and with nothing that they do not have. */
export function checkParts(
  link: CheckedLink,
  of: LinkKind,
  { createdFrom }: LinkKindTraits,
  path: KeyPath,
  problems: Problem[],
): void {
  const written = link as Readonly<Record<string, unknown>>;
  // An external link without an id is found by its name.
  if (link.id === undefined && written[createdFrom] === undefined && link.owner !== 'external') {
    const message = PARTS.some((part) => part !== createdFrom && written[part] !== undefined)
      ? `a ${of} is not created from ${FOREIGN[createdFrom][0]}`
      : `\`${createdFrom}\` or \`id\` is required`;
    const remedy = `Write ${createdFrom}: to create a link, or id: to adopt one.`;
    problems.push({ code: 'INVALID_SPEC', message, remedy, path });
    return;
  }

  for (const key of FOREIGN[createdFrom]) {
    if (written[key] === undefined) continue;

    const remedy = `Remove ${key}, or declare a link of another kind.`;
    problems.push({ code: 'INVALID_SPEC', message: `a ${of} has no ${key}`, remedy, path: [...path, key], key: true });
  }
}

/** Refuses IDs whose prefix differs from `prefix`, and IDs that occur twice in a list. Look-ups pass, and so do all where IDs have no prefix. */
function checkIds(
  kinds: IdKinds,
  given: LookUp | readonly LookUp[] | undefined,
  prefix: string | undefined,
  path: KeyPath,
  problems: Problem[],
): void {
  const seen = new Set<string>();
  const ids = Array.isArray(given) ? (given as readonly LookUp[]) : given === undefined ? [] : [given as LookUp];
  for (const [at, id] of ids.entries()) {
    if (typeof id !== 'string') continue;

    const place = Array.isArray(given) ? [...path, at] : path;
    if (seen.has(id)) {
      problems.push({
        code: 'INVALID_SPEC',
        message: 'the same ID is listed twice',
        remedy: 'Remove one of the two.',
        path: place,
      });
    }
    seen.add(id);
    const fault = prefix === undefined ? undefined : idFault(kinds, id, prefix);
    if (fault !== undefined) problems.push({ ...fault, path: place });
  }
}

/**
 * The keys that an external link may not declare: Postern does not change the link, so the key would have no effect.
 */
export function checkExternal(
  links: Readonly<Record<string, LinkSpec>>,
  pathOf: (name: string) => KeyPath,
  problems: Problem[],
): void {
  for (const [name, { owner, allowlist, protect }] of Object.entries(links)) {
    if (owner !== 'external') continue;

    for (const [key, value] of Object.entries({ allowlist, protect })) {
      if (value === undefined) continue;

      problems.push({
        code: 'INVALID_SPEC',
        message: `link ${name} is external: its ${key} is not changed`,
        remedy: `Remove ${key}, or remove \`owner: external\` to manage the link here.`,
        path: [...pathOf(name), key],
      });
    }
  }
}

/**
 * The problems of a declared link that a schema cannot find: kinds of IDs, what its cloud refuses, and keys of the cloud that links of
 * its kind do not have.
 */
export function checkLink(
  link: DeclaredLink,
  { ids, keys = {}, linkFaults }: Cloud,
  { idPrefix, settings, groupPerZone, groupIsManaged }: LinkKindTraits,
  place: DeclaredPlace,
  path: KeyPath,
  problems: Problem[],
): void {
  checkIds(ids, link.subnets, ids.subnet, [...path, 'subnets'], problems);
  // One group for all zones, or one for each. Several zones may have the same group.
  const groups = new Set(link.securityGroups?.map((group) => JSON.stringify(group)));
  const mayRepeat = groupPerZone || groupIsManaged === true;
  if (!mayRepeat || groups.size === (link.securityGroups ?? []).length)
    checkIds(ids, link.securityGroups, ids.securityGroup, [...path, 'securityGroups'], problems);
  checkIds(ids, link.network, ids.network, [...path, 'network'], problems);
  checkIds(ids, link.id, idPrefix, [...path, 'id'], problems);
  const faults = linkFaults(link, place);
  for (const fault of faults) problems.push({ ...fault, path: [...path, ...fault.path] });
  for (const key of Object.keys(keys.link ?? {})) {
    if (link[key] === undefined || key === 'loadBalancer' || settings.includes(key)) continue;
    if (faults.some((fault) => fault.path[0] === key)) continue;

    const remedy = `Remove ${key}, or declare a link of another kind.`;
    const message = `a ${place.kind} has no ${key}`;
    problems.push({ code: 'INVALID_SPEC', message, remedy, path: [...path, key], key: true });
  }
}

/** Reports a region that its cloud cannot have, where it is written: at the link, or once under `defaults`. */
export function checkRegion(
  link: Pick<CheckedLink, 'provider' | 'region'>,
  input: Pick<CheckedSpec, 'defaults'>,
  clouds: Clouds,
  path: KeyPath,
  problems: Problem[],
): void {
  const region = link.region ?? input.defaults?.region;
  const names = clouds.named(link.provider)?.regions;
  if (region === undefined || names === undefined) return;

  const fault = regionFault(names, region);
  const at: KeyPath = link.region === undefined ? ['defaults', 'region'] : [...path, 'region'];
  if (fault === undefined || problems.some((one) => one.path.join() === at.join())) return;

  problems.push({ code: 'INVALID_SPEC', message: fault.message, remedy: fault.remedy, path: at });
}

/** The same of a value that has other problems, as far as it can be read: one report has both. */
export function regionProblems(value: unknown, clouds: Clouds): readonly Problem[] {
  const problems: Problem[] = [];
  if (!isPlainMap(value) || !isPlainMap(value['links'])) return problems;

  const defaults = textsOf(value['defaults']);
  for (const [name, link] of Object.entries(value['links'])) {
    const { provider, region } = textsOf(link);
    if (provider !== undefined)
      checkRegion({ provider, region }, { defaults: { region: defaults.region } }, clouds, ['links', name], problems);
  }
  return problems;
}

function textsOf(value: unknown): { readonly provider?: string; readonly region?: string } {
  const entries = isPlainMap(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([, member]) => typeof member === 'string'));
}

/** The blocks in canonical form. A text that is not a block is a problem at its path, or at `within` its path. */
export function canonicalBlocks(
  texts: readonly string[],
  path: KeyPath,
  problems: Problem[],
  within: (at: number) => KeyPath = () => [],
): readonly string[] {
  return texts.map((text, at) => {
    try {
      return formatPrefix(parsePrefix(text));
    } catch (error) {
      if (!isPosternError(error)) throw error;

      problems.push({
        code: error.code,
        message: error.message,
        remedy: error.remedy,
        path: [...path, at, ...within(at)],
      });
      return text;
    }
  });
}

/** The block of an entry of an allowlist, as it is written; empty for a security group. */
export function blockOf(entry: CheckedAllow): string {
  if (typeof entry === 'string') return entry;

  return 'cidr' in entry ? entry.cidr : '';
}

/** Adds a problem where a text is not a block. */
export function checkBlock(block: string, path: KeyPath, problems: Problem[]): void {
  try {
    parsePrefix(block);
  } catch (error) {
    problems.push(problemFrom(error, path));
  }
}

/** An error of reading a block or an address as a problem at its place; any other error is thrown again. */
export function problemFrom(error: unknown, path: KeyPath): Problem {
  if (!isPosternError(error)) throw error;

  return { code: error.code, message: error.message, remedy: error.remedy, path };
}
