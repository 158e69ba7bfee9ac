import { defined } from '../../../ground/defined.js';
import { kindOfLink, linkTraits } from '../../kinds/cloud/link-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { ReadingTime } from '../../../ground/clocks/cloud-time.js';
import type { PosternError } from '../../../ground/errors.js';
import type { Json } from '../../../ground/json.js';
import type { AllowEntry } from '../../model/allowlist.js';
import type { Link, LinkPrice } from '../../model/link.js';
import { ownerTags } from '../../model/marks.js';
import type { LinkSpec, Spec } from '../../spec.js';
import { entryText } from '../../allowlist/allow-entries.js';
import { sameIds } from '../../world/resolve/link-identity.js';
import { placeOf } from '../../model/reference.js';
import { refusalAt } from '../../world/resolve/problems.js';
import type { ResolvedLink } from '../../world/resolve/resolve.js';
import { retiredText } from '../../kinds/retired.js';
import { step } from '../step-input.js';
import { byUse, withoutOwn, stateText, declaredTags } from '../../world/link-facts.js';
import { ownerOf } from './link-marks.js';
import type { LinkPlan } from './link-plan.js';

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
