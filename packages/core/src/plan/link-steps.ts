import { linkRef, type LinkRef } from '../model/reference.js';
import type { PosternError } from '../errors.js';
import { canonicalJson } from '../hash.js';
import type { Json } from '../json.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { Link, LinkPrice } from '../model/link.js';
import { ownerTags } from '../model/marks.js';
import type { Owner } from '../model/owner.js';
import type { LinkSpec, Spec } from '../model/spec.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { contains, parsePrefix } from '../cidr/prefix.js';
import { blocksWithoutPorts, compareEntries, coversEntry, entryText } from '../allowlist/allow-entries.js';
import { crowdedList, revokedFirst, type CrowdedList } from './crowded-list.js';
import { isOurs, linkHash, sameIds } from '../world/resolve/link-identity.js';
import { lostHash } from '../world/resolve/lost-marks.js';
import { markGroupStep } from './mark-group.js';
import { ownershipOf } from '../model/ownership.js';
import type { PlanOptions, Step } from './plan.js';
import { placeOf } from '../model/place.js';
import { createdKind } from '../kinds/link/index.js';
import { createdLinkKind } from '../kinds/link/link-traits.js';
import { refusedAt } from '../world/resolve/refusals.js';
import type { ResolvedLink } from '../world/resolve/resolve.js';
import { retiredText } from '../kinds/retired.js';
import { step, type TagLinkInput } from './step-input.js';
import { traitsOf, traitsOfLink } from '../kinds/traits.js';
import { PROTECT_TAG, byUse, withoutOwn, stateText, declaredTags } from '../world/link-choice.js';

/**
 * On a link that Postern adopted and did not create: Postern never plans its deletion, however the spec names
 * it.
 */
export const ADOPTED_TAG = 'postern:adopted';

/** Whether the link's tags say that it may not be deleted. */
export function isProtected(link: Link): boolean {
  return tagOf(link, PROTECT_TAG) === 'true';
}

/** Whether the link's tags say that it was adopted, not created. */
export function isAdopted(link: Link): boolean {
  return tagOf(link, ADOPTED_TAG) === 'true';
}

/** What has to be done to one link of the spec. */
export interface LinkPlan {
  readonly resolved: ResolvedLink;
  /** The existing link; undefined where it has to be created. */
  readonly current?: Link | undefined;
  /** Whether routes can use `current` as soon as the link's unit is done. */
  readonly steps: readonly Step[];
  /** Entries of its allowlist that are not declared: revoked only when nothing needs them any more. */
  readonly extra: readonly AllowEntry[];
  /**
   * Set where old and new rules of its allowlist do not fit together, and old ones that may be needed are
   * removed first.
   */
  readonly crowded?: CrowdedList | undefined;
  /** What its allowlist must hold. Undefined: not managed. */
  readonly entries?: readonly AllowEntry[] | undefined;
  /** The group that holds the allowlist, where it is one. */
  readonly allowlistId?: string | undefined;
  /** Managed links that `current`, or the link to be created, replaces. */
  readonly replaced: readonly Link[];
  readonly notes: readonly string[];
  readonly unchanged: number;
}

/**
 * The steps that create a link, as replacement of `replaced` where that is not empty. `takenAt` is the time
 * of the snapshot.
 * @throws {InvalidInputError} why the rules of its kind refuse its creation: `ZONE_NOT_SERVED`,
 *   `QUOTA_EXCEEDED`, …
 */
export function makeLink(
  spec: Spec,
  resolved: ResolvedLink,
  subnetIds: readonly string[],
  entries: readonly AllowEntry[] | undefined,
  replaced: readonly Link[],
  takenAt: string,
): Omit<LinkPlan, 'notes'> {
  const { name, region, spec: link, networkId } = resolved;
  const securityGroupIds = resolved.securityGroupIds ?? [];
  const created = createdKind(region.provider);
  const owner = ownerOf(spec, name);
  const tags = { ...link.tags, ...ownerTags(owner) };
  const request = { name: link.name ?? name, owner, subnetIds, securityGroupIds, tags, native: link.native };
  for (const refusal of created?.requestRefusals(request, region) ?? []) {
    throw refusedAt(refusal, placeOf(spec, refusalPath(name, link, subnetIds, refusal)));
  }
  const old = replaced.toSorted(byUse)[0];
  const changes: { field: string; from?: Json | undefined; to?: Json | undefined }[] = [];
  if (old === undefined || !sameIds(old.subnetIds, subnetIds)) {
    changes.push({ field: 'subnets', from: old && [...old.subnetIds], to: [...subnetIds] });
  }
  const oldGroups =
    old &&
    withoutOwn(
      old,
      region.allowlists.find(({ linkId }) => linkId === old.id),
    );
  if (oldGroups === undefined || !sameIds(oldGroups, securityGroupIds)) {
    changes.push({ field: 'securityGroups', from: oldGroups && [...oldGroups], to: [...securityGroupIds] });
  }
  if (entries !== undefined) changes.push({ field: 'allowlist', to: entries.map(entryText) });
  for (const [field, to] of Object.entries(link.native ?? {})) changes.push({ field, to: to as Json });
  const kind = old === undefined ? 'create' : 'replace';
  const purchase = purchaseOf(region, link);
  const warning = retiredText(region, name, takenAt);
  const made = step(
    {
      id: `${kind} link ${name}`,
      kind,
      resource: { type: 'link', name, id: undefined },
      reason:
        old === undefined
          ? 'it does not exist yet'
          : old.state === 'failed'
            ? `${old.id} is ${stateText(old)}`
            : `subnets and security groups of ${old.id} cannot be changed`,
      changes,
      ...(purchase === undefined ? {} : { purchase }),
      ...(warning === undefined ? {} : { warning }),
    },
    {
      linkKind: createdLinkKind(region),
      name: link.name ?? name,
      owner: ownerOf(spec, name),
      subnetIds,
      securityGroupIds,
      networkId,
      tags: declaredTags(resolved),
      native: link.native,
      entries,
      except: replaced.map(({ id }) => id),
      timeoutMs: link.timeouts?.createMs,
    },
  );
  return { resolved, steps: [made], extra: [], replaced, unchanged: 0 };
}

/** A refusal that names a subnet, or concerns security groups, is shown at their path in the spec. */
function refusalPath(
  name: string,
  { subnets, securityGroups }: Pick<LinkSpec, 'subnets' | 'securityGroups'>,
  subnetIds: readonly string[],
  { code, details }: PosternError,
): string {
  const subnet = details?.['subnetId'];
  const index = typeof subnet === 'string' ? subnetIds.indexOf(subnet) : -1;
  if (index >= 0 && subnets?.length === subnetIds.length) return `links.${name}.subnets[${index}]`;
  const aboutGroups = code === 'SECURITY_GROUPS_OF_SEVERAL_TYPES' || details?.['securityGroupId'] !== undefined;
  return aboutGroups && securityGroups !== undefined ? `links.${name}.securityGroups` : `links.${name}`;
}

/** The steps of a link that exists, or that a former run began. */
export function keepLink(
  spec: Spec,
  resolved: ResolvedLink,
  link: Link,
  entries: readonly AllowEntry[] | undefined,
  replaced: readonly Link[],
  options: PlanOptions,
): LinkPlan {
  const { name, spec: declared, region } = resolved;
  const steps: Step[] = [];
  const notes: string[] = [];
  const resource = { type: 'link', name, id: link.id } as const;
  const timeoutMs = declared.timeouts?.createMs;
  if (link.state !== 'ready' && link.state !== 'inactive') {
    const reason = `it is ${stateText(link)}`;
    steps.push(
      step({ id: `await link ${name}`, kind: 'adopt', resource, reason }, { linkRef: linkRef(link), timeoutMs }),
    );
    if (link.state === 'failed') {
      notes.push(
        `link ${name} (${link.id}) is ${stateText(link)}: it is kept; apply with --replace-failed (\`replaceFailed\`) to replace it, or delete it`,
      );
    }
  } else if (link.state === 'inactive') {
    notes.push(
      `link ${name} (${link.id}) is inactive: the next calls reactivate it, and fail for minutes until it is ready; call it through a test route before live routes use it`,
    );
  }
  notes.push(...nativeNotes(resolved, link));
  steps.push(...tagSteps(spec, resolved, link));
  const markGroup = markGroupStep(region, link);
  if (markGroup !== undefined && isOurs(link, spec.project)) steps.push(markGroup);
  const wantedName = declared.name ?? (declared.id === undefined ? name : link.name);
  if (wantedName !== link.name) {
    steps.push(
      step(
        {
          id: `rename link ${name}`,
          kind: 'rename',
          resource,
          reason: 'its name differs from the spec',
          changes: [{ field: 'name', from: link.name, to: wantedName }],
        },
        { linkRef: linkRef(link), name: wantedName },
      ),
    );
  }
  const allowlist = region.allowlists.find(({ linkId }) => linkId === link.id);
  const compared = compareEntries(entries ?? [], entries === undefined ? [] : (allowlist?.entries ?? []));
  const { missing } = compared;
  const { unmanaged = [] } = allowlist ?? {};
  if (entries !== undefined && unmanaged.length > 0)
    notes.push(
      `the allowlist of link ${name} has rules that Postern does not manage, and that may allow more: ${unmanaged.join('; ')}; remove them manually where they are not intended`,
    );
  // A spec of a part of the project does not say what else is allowed.
  const portless = blocksWithoutPorts(spec, resolved, options).map(parsePrefix);
  const stays = ({ cidrBlock }: AllowEntry): boolean =>
    portless.some((block) => contains(block, parsePrefix(cidrBlock)));
  const extra = options.prune === false ? [] : compared.extra.filter((entry) => !stays(entry));
  const list = { type: 'allowlist', name, id: allowlist?.securityGroupId } as const;
  const allow =
    missing.length === 0
      ? []
      : [
          step(
            {
              id: `allow ${name}`,
              kind: 'allow',
              resource: list,
              reason: 'the allowlist lacks declared entries',
              changes: missing.map((entry) => ({ field: 'entry', to: entryText(entry) })),
            },
            { linkRef: linkRef(link), entries: missing },
          ),
        ];
  // Additions first and removals last. Where both do not fit at once, entries that others cover are removed
  // first, then all.
  const there = allowlist?.entries ?? [];
  const first = traitsOfLink(link).allowlistHasPorts ? revokedFirst(there, missing, extra) : [];
  const later = extra.filter((entry) => !first.includes(entry));
  const revoke =
    first.length === 0
      ? []
      : [revokeStep(name, link, allowlist?.securityGroupId, first, { blocks: declared.allowlist, entries })];
  const widen = [...revoke, ...allow];
  return {
    resolved,
    current: link,
    steps: [...steps, ...widen],
    extra: later,
    crowded: crowdedList(there, missing, first),
    entries,
    allowlistId: allowlist?.securityGroupId,
    replaced,
    notes,
    unchanged: steps.length + widen.length + later.length === 0 ? 1 : 0,
  };
}

/** The desired allowlist of a link: the blocks as declared, and the resulting entries. */
export interface WantedList {
  readonly blocks?: readonly string[] | undefined;
  readonly entries?: readonly AllowEntry[] | undefined;
}

/** Why entries are removed: a declared block that a wider declared one covers needs no entry of its own. */
function revokeReason(extra: readonly AllowEntry[], { blocks = [], entries = [] }: WantedList): string {
  const isRedundant = (entry: AllowEntry): boolean =>
    blocks.includes(entry.cidrBlock) && entries.some((one) => coversEntry(one, entry));
  const count = extra.filter(isRedundant).length;
  if (count === 0) return 'the allowlist has entries that the spec does not list';
  const covered = 'is declared but redundant: other entries of the allowlist cover it';
  return count === extra.length ? `each removed entry ${covered}` : `each removed entry is not declared, or ${covered}`;
}

/** Removes entries from a link's allowlist. */
export function revokeStep(
  name: string,
  link: LinkRef,
  allowlistId: string | undefined,
  entries: readonly AllowEntry[],
  wanted: WantedList,
): Step {
  return step(
    {
      id: `revoke ${name}`,
      kind: 'revoke',
      resource: { type: 'allowlist', name, id: allowlistId },
      reason: revokeReason(entries, wanted),
      changes: entries.map((entry) => ({ field: 'entry', from: entryText(entry) })),
    },
    { linkRef: linkRef(link), entries },
  );
}

/**
 * Settings of a link that only its cloud has, and that differ from the spec: they are reported, and never
 * changed.
 */
function nativeNotes({ name, spec: { native = {} } }: ResolvedLink, link: Link): readonly string[] {
  return Object.entries(native).flatMap(([field, declared]) => {
    const actual = link.native !== undefined && Object.hasOwn(link.native, field) ? link.native[field] : undefined;
    if (actual === undefined || canonicalJson(actual) === canonicalJson(declared as Json)) return [];
    return [
      `link ${name} (${link.id}) has ${field} ${String(actual)}, but the spec has ${String(declared)}: it is not changed`,
    ];
  });
}

/** What making a link buys; undefined where links are free. */
function purchaseOf(region: RegionSnapshot, { native }: LinkSpec): LinkPrice | undefined {
  if (!traitsOf(region).linksCostMoney) return undefined;
  return createdKind(region.provider)?.price?.({ native }) ?? UNKNOWN_PRICE;
}

const UNKNOWN_PRICE: LinkPrice = { summary: 'it costs money; the price is not known', terms: [] };

function tagSteps(spec: Spec, resolved: ResolvedLink, link: Link): readonly Step[] {
  const { name } = resolved;
  const owner = ownerOf(spec, name);
  const resource = { type: 'link', name, id: link.id } as const;
  const declared = declaredTags(resolved);
  if (!resolved.spec.protect && tagOf(link, PROTECT_TAG) === 'true') declared[PROTECT_TAG] = 'false';
  const wrong = Object.entries(declared).filter(([key, value]) => tagOf(link, key) !== value);
  const marked = isOurs(link, spec.project) && link.owner?.integration === name;
  const assigned = ownershipOf(link.owner, spec) === 'own' || spec.spec === undefined;
  if (!marked || !assigned) {
    const adopted = isOurs(link, spec.project) ? {} : { [ADOPTED_TAG]: 'true' };
    const tags = { ...declared, ...adopted, ...ownerTags({ ...owner, specHash: linkHash(owner, link) }) };
    const changes = Object.entries(tags)
      .filter(([key, value]) => tagOf(link, key) !== value)
      .map(([key, value]) => ({ field: `tag ${key}`, from: tagOf(link, key), to: value }));
    // What holds its allowlist carries the same marks.
    const before = link.owner?.integration;
    const input: TagLinkInput = {
      linkRef: linkRef(link),
      tags,
      ...(before === name || before === undefined ? {} : { owner }),
    };
    if (marked) {
      const reason = `its mark names no spec; it becomes owned by this spec (${spec.spec})`;
      return [step({ id: `mark link ${name}`, kind: 'tag', resource, reason, changes }, input)];
    }
    if (lostHash(resolved.region, link)) {
      const reason = `its mark lacks a tag; the security group of its allowlist shows that it is link ${name}`;
      return [step({ id: `mark link ${name}`, kind: 'tag', resource, reason, changes }, input)];
    }
    if (isOurs(link, spec.project) && before === resolved.spec.movedFrom) {
      const reason = `it was link ${before} of the spec: only its marks change`;
      return [step({ id: `move link ${name}`, kind: 'tag', resource, reason, changes }, input)];
    }
    const reason = 'the spec names it by ID, and it does not carry the mark of this project';
    return [step({ id: `adopt link ${name}`, kind: 'adopt', resource, reason, changes }, input)];
  }
  if (wrong.length === 0) return [];
  const changes = wrong.map(([key, value]) => ({ field: `tag ${key}`, from: tagOf(link, key), to: value }));
  const reason = 'its tags differ from the spec';
  return [
    step(
      { id: `tag link ${name}`, kind: 'tag', resource, reason, changes },
      { linkRef: linkRef(link), tags: Object.fromEntries(wrong) },
    ),
  ];
}

/** The owner that this spec writes on a link, or on what belongs to an integration. */
export function ownerOf({ project, spec }: Pick<Owner, 'project' | 'spec'>, integration: string, name?: string): Owner {
  return { project, ...(spec === undefined ? {} : { spec }), integration, ...(name === undefined ? {} : { name }) };
}

/** Only own members count: tags come from outside. */
function tagOf(link: Link, key: string): string | undefined {
  return Object.hasOwn(link.tags, key) ? link.tags[key] : undefined;
}
