import { cloudTimeOf } from '../../world/derived.js';
import type { ReadingTime } from '../../../ground/clocks/cloud-time.js';
import { linkRef, type LinkRef } from '../../model/reference.js';
import { canonicalJson } from '../../../ground/hash.js';
import { entryOf, type Json } from '../../../ground/json.js';
import type { AllowEntry } from '../../model/allowlist.js';
import type { Link } from '../../model/link.js';
import type { Spec } from '../../spec.js';
import { contains, parsePrefix } from '../../../cidr/prefix.js';
import {
  areCovered,
  blocksWithoutPorts,
  compareEntries,
  coversEntry,
  entryText,
  fullerFamily,
  MAX_ALLOW_ENTRIES,
} from '../../allowlist/allow-entries.js';
import { markGroupStep, type LinkPlan, unusedWait, waiting, type CrowdedList, sharingGroup } from './link-plan.js';
import { SEEN_MS } from '../../model/read-bound.js';
import type { PlanOptions, Step } from '../plan.js';
import type { ResolvedLink } from '../../world/resolve/resolve.js';
import { step, type AwaitLinkInput } from '../step-input.js';
import { stateText } from '../../world/link-facts.js';
import { tagSteps } from './make-link.js';
import { readWhole, type PlanPart, unreadGateways, type PlanScope } from '../plan-scope.js';
import type { RouteChanges } from '../references.js';
import { linkUsers } from './link-users.js';
import type { Problems } from '../../world/resolve/problems.js';

/** Whether lists may not have shown an older link with the same mark yet. Where its age is not known, they may not. */
function isYoung({ createdAt }: Link, time: ReadingTime): boolean {
  return createdAt === undefined || !(cloudTimeOf(time) - Date.parse(createdAt) > SEEN_MS);
}

function twinOf({ owner }: Link, replaced: readonly Link[]): AwaitLinkInput['twin'] {
  return owner === undefined ? undefined : { owner, except: replaced.map(({ id }) => id) };
}

/** The steps of a link that exists, or that a former run began. */
export function keepLink(
  spec: Spec,
  resolved: ResolvedLink,
  link: Link,
  entries: readonly AllowEntry[] | undefined,
  replaced: readonly Link[],
  options: PlanOptions,
  time: ReadingTime,
): LinkPlan {
  const { name, spec: declared, region } = resolved;
  const steps: Step[] = [];
  const notes: string[] = [];
  const resource = { type: 'link', name, id: link.id } as const;
  const timeoutMs = declared.timeouts?.createMs;
  if (link.state !== 'ready' && link.state !== 'inactive') {
    const reason = `it is ${stateText(link)}`;
    const mayHaveTwin = resolved.given === undefined && link.state === 'pending' && isYoung(link, time);
    const twin = mayHaveTwin ? twinOf(link, replaced) : undefined;
    steps.push(
      step(
        { id: `await link ${name}`, kind: 'adopt', resource, reason },
        { linkRef: linkRef(link), timeoutMs, ...(twin && { twin }) },
      ),
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
  if (markGroup !== undefined) steps.push(markGroup);
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
  const extra = extraEntries(spec, resolved, compared.extra, options);
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
  const listed = allowlist?.entries ?? [];
  const first = resolved.clouds.link(link.kind).plans.allowlistHasPorts ? revokedFirst(listed, missing, extra) : [];
  const later = extra.filter((entry) => !first.includes(entry));
  const revoke =
    first.length === 0
      ? []
      : [
          revokeStep(
            name,
            link,
            allowlist?.securityGroupId,
            first,
            { blocks: declared.allowlist, entries },
            areCovered(first, listed) ? 0 : unusedWait(resolved.clouds, region, link, cloudTimeOf(time)),
          ),
        ];
  const widen = [...revoke, ...allow];
  return {
    resolved,
    current: link,
    steps: [...steps, ...widen],
    extra: later,
    crowded: crowdedList(listed, missing, first),
    entries,
    allowlistId: allowlist?.securityGroupId,
    replaced,
    notes,
    unchanged: steps.length + widen.length + later.length === 0 ? 1 : 0,
  };
}

/** The entries of an allowlist that leave it: those that are not declared, and cannot be meant by a block whose ports are not known. */
export function extraEntries(
  spec: Spec,
  resolved: ResolvedLink,
  undeclared: readonly AllowEntry[],
  options: PlanOptions,
): readonly AllowEntry[] {
  // A spec of a part of the project does not say what else is allowed.
  if (options.prune === false || options.only !== undefined) return [];

  const portless = blocksWithoutPorts(spec, resolved, options).map(parsePrefix);
  return undeclared.filter(({ cidrBlock }) => !portless.some((block) => contains(block, parsePrefix(cidrBlock))));
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

/** Removes entries from a link's allowlist, after a wait for calls that may still need them. */
export function revokeStep(
  name: string,
  link: LinkRef,
  allowlistId: string | undefined,
  entries: readonly AllowEntry[],
  wanted: WantedList,
  waitMs: number,
): Step {
  return step(
    {
      id: `revoke ${name}`,
      kind: 'revoke',
      resource: { type: 'allowlist', name, id: allowlistId },
      reason: revokeReason(entries, wanted),
      changes: entries.map((entry) => ({ field: 'entry', from: entryText(entry) })),
      ...waiting(waitMs),
    },
    { linkRef: linkRef(link), entries },
  );
}

/** Settings of a link that only its cloud has, and that differ from the spec: they are reported, and never changed. */
function nativeNotes({ name, spec: { native = {} } }: ResolvedLink, link: Link): readonly string[] {
  return Object.entries(native).flatMap(([field, declared]) => {
    const actual = entryOf(link.native, field);
    if (actual === undefined || canonicalJson(actual) === canonicalJson(declared as Json)) return [];

    return [
      `link ${name} (${link.id}) has ${field} ${String(actual)}, but the spec has ${String(declared)}: it is not changed`,
    ];
  });
}

/**
 * The entries that are removed before the `missing` ones are added. None where all fit together. Those that a
 * remaining entry covers where that frees enough space. Otherwise all.
 */
export function revokedFirst(
  there: readonly AllowEntry[],
  missing: readonly AllowEntry[],
  extra: readonly AllowEntry[],
): readonly AllowEntry[] {
  if (missing.length === 0 || overflow(there, missing, []) === 0) return [];

  const staying = there.filter((entry) => !extra.includes(entry));
  const covered = extra.filter((entry) => staying.some((one) => coversEntry(one, entry)));
  return overflow(there, missing, covered) === 0 ? covered : extra;
}

/** How crowded a list is; undefined where nothing but what others cover leaves before the new entries are added. */
export function crowdedList(
  there: readonly AllowEntry[],
  missing: readonly AllowEntry[],
  first: readonly AllowEntry[],
): CrowdedList | undefined {
  const rest = there.filter((entry) => !first.includes(entry));
  const covered = first.filter((entry) => rest.some((one) => coversEntry(one, entry)));
  const over = first.length === 0 ? 0 : overflow(there, missing, covered);
  return over === 0 ? undefined : { there: fullerFamily(there).length, over };
}

/** The number of rules above a group's limit if `missing` were added after the removal of `gone`. */
function overflow(there: readonly AllowEntry[], missing: readonly AllowEntry[], gone: readonly AllowEntry[]): number {
  const both = [...there.filter((entry) => !gone.includes(entry)), ...missing];
  return Math.max(0, fullerFamily(both).length - MAX_ALLOW_ENTRIES);
}

/**
 * Refuses to free space in a group by removing rules that calls may need: those of a link with a live route,
 * or with a stage that may still serve one. Returns the regions whose gateways have to be read first.
 */
export function refuseCrowded(
  scope: PlanScope,
  changes: RouteChanges,
  links: ReadonlyMap<string, LinkPlan>,
  problems: Problems,
): Pick<PlanPart, 'unread'> {
  const readable: string[] = [];
  for (const { resolved: link, current, crowded, allowlistId } of links.values()) {
    if (current === undefined || crowded === undefined) continue;

    const [user] = sharingGroup(link.region, current).flatMap((one) => linkUsers(scope, changes, link.region, one));
    const unread = unreadGateways(scope, link.region);
    readable.push(...readWhole(unread).unread);
    const because = user?.text ?? (unread?.readable === undefined ? unread?.text : undefined);
    if (because === undefined) continue;

    const { there, over } = crowded;
    problems.add(
      'ALLOWLIST_FULL',
      `links.${link.name}.allowlist`,
      `security group ${allowlistId ?? ''} of link ${current.id} has ${there} rules and holds ${MAX_ALLOW_ENTRIES}: ${over} of the new rules do not fit before the old ones are removed, and ${because}`,
      {
        remedy: `Leave ${over} of the new rules out of the allowlist and apply: that removes the old rules last. Then add them and apply again.`,
        details: { there, over, limit: MAX_ALLOW_ENTRIES },
      },
    );
  }
  return { unread: readable };
}
