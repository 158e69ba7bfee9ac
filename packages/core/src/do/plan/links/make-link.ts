import { defined } from '../../../ground/defined.js';
import { kindOfLink, linkTraits } from '../../kinds/cloud/link-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { ReadingTime } from '../../../ground/clocks/cloud-time.js';
import type { PosternError } from '../../../ground/errors.js';
import { type Json, entryOf } from '../../../ground/json.js';
import type { AllowEntry } from '../../model/allowlist.js';
import type { Link, LinkPrice } from '../../model/link.js';
import { ownerTags } from '../../model/marks.js';
import type { LinkSpec, Spec } from '../../spec.js';
import { entryText } from '../../allowlist/allow-entries.js';
import { sameIds, isOurs, linkHash, lostHash } from '../../world/resolve/link-identity.js';
import { placeOf, linkRef } from '../../model/reference.js';
import { refusalAt } from '../../world/resolve/problems.js';
import type { ResolvedLink } from '../../world/resolve/resolve.js';
import { retiredText } from '../../kinds/retired.js';
import { step, type TagLinkInput } from '../step-input.js';
import { byUse, withoutOwn, stateText, declaredTags, PROTECT_TAG } from '../../world/link-facts.js';
import type { LinkPlan } from './link-plan.js';
import { formerNames } from '../../model/moves.js';
import type { Owner } from '../../model/owner.js';
import { ownershipOf } from '../../model/ownership.js';
import type { Step } from '../plan.js';

/** What a link is created from. */
export interface LinkParts {
  readonly subnetIds: readonly string[];
  readonly loadBalancerId?: string | undefined;
}

/**
 * The steps that create a link, as replacement of `replaced` where that is not empty. `time` is that
 * of the snapshot.
 * @throws {InvalidInputError} why the rules of its kind refuse its creation: `ZONE_NOT_SERVED`,
 *   `QUOTA_EXCEEDED`, …
 */
export function makeLink(
  spec: Spec,
  resolved: ResolvedLink,
  { subnetIds, loadBalancerId }: LinkParts,
  entries: readonly AllowEntry[] | undefined,
  replaced: readonly Link[],
  time: ReadingTime,
): Omit<LinkPlan, 'notes'> {
  const { name, region, spec: link, networkId, clouds } = resolved;
  const securityGroupIds = resolved.securityGroupIds ?? [];
  const linkKind = kindOfLink(clouds, link);
  const owner = ownerOf(spec, name);
  const tags = { ...link.tags, ...ownerTags(owner) };
  const request = {
    name: link.name ?? name,
    owner,
    subnetIds,
    securityGroupIds,
    loadBalancerId,
    tags,
    native: link.native,
  };
  for (const refusal of clouds.link(linkKind).rules.requestRefusals(request, region)) {
    throw refusalAt(refusal, placeOf(spec, refusalPath(name, link, subnetIds, refusal)));
  }
  const old = replaced.toSorted(byUse)[0];
  const changes: { field: string; from?: Json | undefined; to?: Json | undefined }[] = [];
  if (loadBalancerId !== undefined) {
    changes.push({ field: 'loadBalancer', from: old?.loadBalancerIds && [...old.loadBalancerIds], to: loadBalancerId });
  } else if (old === undefined || !sameIds(old.subnetIds, subnetIds)) {
    changes.push({ field: 'subnets', from: old && [...old.subnetIds], to: [...subnetIds] });
  }
  const oldGroups =
    old &&
    withoutOwn(
      old,
      region.allowlists.find(({ linkId }) => linkId === old.id),
    );
  const { hasNoGroups } = clouds.link(linkKind);
  if (
    loadBalancerId === undefined &&
    hasNoGroups !== true &&
    (oldGroups === undefined || !sameIds(oldGroups, securityGroupIds))
  ) {
    changes.push({ field: 'securityGroups', from: oldGroups && [...oldGroups], to: [...securityGroupIds] });
  }
  if (entries !== undefined) changes.push({ field: 'allowlist', to: entries.map(entryText) });
  for (const [field, to] of Object.entries(link.native ?? {})) changes.push({ field, to: to as Json });
  const kind = old === undefined ? 'create' : 'replace';
  const warning = retiredText(clouds, region, linkKind, name, time.takenAt);
  const purchase = purchaseOf(clouds, link, warning);
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
            : old.kind !== linkKind
              ? `${old.id} is of kind ${old.kind}, not ${linkKind}, and the kind cannot be changed`
              : loadBalancerId === undefined
                ? `${hasNoGroups === true ? 'subnets' : 'subnets and security groups'} of ${old.id} cannot be changed`
                : `the load balancer of ${old.id} cannot be changed`,
      changes,
      ...defined({ purchase, warning }),
    },
    {
      linkKind,
      name: link.name ?? name,
      owner: ownerOf(spec, name),
      subnetIds,
      securityGroupIds,
      loadBalancerId,
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

/** What making a link buys; undefined where links are free. What is not sold any more has no price. */
function purchaseOf(clouds: Clouds, link: LinkSpec, closed: string | undefined): LinkPrice | undefined {
  if (!linkTraits(clouds, link).plans.linksCostMoney) return undefined;
  if (closed !== undefined) return { summary: 'what is not sold any more', terms: [], closed };

  return linkTraits(clouds, link).rules.price?.({ native: link.native }) ?? UNKNOWN_PRICE;
}

const UNKNOWN_PRICE: LinkPrice = { summary: 'it costs money; the price is not known', terms: [] };

/** On a link that Postern adopted and did not create: Postern never plans its deletion, however the spec names it. */
export const ADOPTED_TAG = 'postern:adopted';

/** Whether the link's tags say that it may not be deleted. */
export function isProtected(link: Link): boolean {
  return tagOf(link, PROTECT_TAG) === 'true';
}

/** Whether the link's tags say that it was adopted, not created. */
export function isAdopted(link: Link): boolean {
  return tagOf(link, ADOPTED_TAG) === 'true';
}

export function tagSteps(spec: Spec, resolved: ResolvedLink, link: Link): readonly Step[] {
  const { name } = resolved;
  const owner = ownerOf(spec, name);
  const resource = { type: 'link', name, id: link.id } as const;
  const declared = declaredTags(resolved);
  if (!resolved.spec.protect && tagOf(link, PROTECT_TAG) === 'true') declared[PROTECT_TAG] = 'false';
  const wrong = Object.entries(declared).filter(([key, value]) => tagOf(link, key) !== value);
  const isOwn = isOurs(link, spec.project);
  const before = link.owner?.integration;
  const marked = isOwn && before === name;
  const assigned = ownershipOf(link.owner, spec) === 'own';
  if (!marked || !assigned) {
    const lost = lostHash(resolved.region, link);
    const adopted = isOwn || lost ? {} : { [ADOPTED_TAG]: 'true' };
    const tags = { ...declared, ...adopted, ...ownerTags({ ...owner, specHash: linkHash(owner, link) }) };
    const changes = Object.entries(tags)
      .filter(([key, value]) => tagOf(link, key) !== value)
      .map(([key, value]) => ({ field: `tag ${key}`, from: tagOf(link, key), to: value }));
    // What holds its allowlist carries the same marks.
    const input: TagLinkInput = {
      linkRef: linkRef(link),
      tags,
      ...(before === name || before === undefined ? {} : { owner }),
    };
    if (marked) {
      const reason = `its mark lacks a tag; it becomes owned by this spec (${spec.spec})`;
      return [step({ id: `mark link ${name}`, kind: 'tag', resource, reason, changes }, input)];
    }
    if (lost) {
      const reason = `its mark lacks a tag; the security group of its allowlist shows that it is link ${name}`;
      return [step({ id: `mark link ${name}`, kind: 'tag', resource, reason, changes }, input)];
    }
    if (isOwn && formerNames(spec, 'link', name).some((former) => former === before)) {
      const reason = `renamed from ${before}; ${link.id} is kept, only its marks change`;
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
  return { project, spec, integration, name };
}

/** Only own members count: tags come from outside. */
function tagOf(link: Link, key: string): string | undefined {
  return entryOf(link.tags, key);
}
