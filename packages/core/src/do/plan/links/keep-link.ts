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
} from '../../allowlist/allow-entries.js';
import { crowdedList, revokedFirst } from './crowded-list.js';
import { markGroupStep, type LinkPlan } from './link-plan.js';
import type { PlanOptions, Step } from '../plan.js';
import type { ResolvedLink } from '../../world/resolve/resolve.js';
import { step } from '../step-input.js';
import { stateText } from '../../world/link-choice.js';
import { unusedWait, waiting } from './drain.js';
import { tagSteps } from './link-marks.js';

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
  const there = allowlist?.entries ?? [];
  const first = spec.clouds.link(link.kind).plans.allowlistHasPorts ? revokedFirst(there, missing, extra) : [];
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
            areCovered(first, there) ? 0 : unusedWait(spec.clouds, region, link, cloudTimeOf(time)),
          ),
        ];
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

/**
 * Settings of a link that only its cloud has, and that differ from the spec: they are reported, and never
 * changed.
 */
function nativeNotes({ name, spec: { native = {} } }: ResolvedLink, link: Link): readonly string[] {
  return Object.entries(native).flatMap(([field, declared]) => {
    const actual = entryOf(link.native, field);
    if (actual === undefined || canonicalJson(actual) === canonicalJson(declared as Json)) return [];
    return [
      `link ${name} (${link.id}) has ${field} ${String(actual)}, but the spec has ${String(declared)}: it is not changed`,
    ];
  });
}
