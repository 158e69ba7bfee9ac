import { isSameRef, type LinkRef } from '../model/reference.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { abilityOf } from '../abilities.js';
import type { Driver } from '../driver.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { InvalidInputError, UnsupportedError } from '../../ground/errors.js';
import type { Allowlist, AllowEntry } from '../model/allowlist.js';
import { mayChange } from '../model/marks.js';
import { ownerText, type Claimant } from '../model/ownership.js';
import { requireLink } from './call-options.js';
import { isOurs } from '../world/resolve/link-identity.js';

/**
 * The allowlist of a link that the project may change. For an unmanaged list (`owned` is false) on a link
 * without any mark, the caller refuses and reports why the list cannot be changed.
 * @throws {InvalidInputError} `NOT_OURS` for a link that another project, or a copied mark, claims.
 *   {CloudError} `NOT_FOUND`. {UnsupportedError} where nothing filters the calls of the link
 */
export async function ownAllowlist(driver: Driver, ref: LinkRef, by: Claimant, ctx: CallContext): Promise<Allowlist> {
  const { project } = by;
  const link = await requireLink(driver, ref, 'allowlist', ctx);
  const list = await abilityOf(driver, 'allowlist').read(ref, ctx);
  const { owner } = link;
  if ((isOurs(link, project) && mayChange(owner, by)) || (owner === undefined && !list.owned)) {
    if (list.filter !== 'none') return list;

    throw new UnsupportedError(`nothing filters the calls of link ${ref.id}: there is nothing to allow or revoke`, {
      remedy:
        'First turn on that the load balancer of the link enforces the inbound rules of its security groups on PrivateLink traffic. A load balancer without security groups must be created again with at least one.',
    });
  }

  const whose =
    owner === undefined
      ? 'carries no mark'
      : owner.project === project
        ? mayChange(owner, by)
          ? 'carries the mark of this project in a changed form'
          : `is ${ownerText(owner, by)}`
        : `belongs to project ${owner.project}`;
  throw new InvalidInputError('NOT_OURS', `link ${ref.id} ${whose}`, {
    remedy: 'Name a link of the project: other links are never changed.',
    details: { linkId: ref.id, project: owner?.project },
  });
}

/**
 * Refuses blocks that the link can never reach, where a snapshot shows that.
 * @throws {InvalidInputError} `CIDR_UNREACHABLE`, `CIDR_RESERVED`, `CIDR_CONFLICT`, `CIDR_REDUNDANT`
 */
export async function refuseUnreachable(
  { driver, clouds }: { readonly driver: Driver; readonly clouds: Clouds },
  { kind, id: linkId }: LinkRef,
  project: string,
  entries: readonly AllowEntry[],
  ctx: CallContext,
): Promise<void> {
  const refusals = clouds.link(kind).rules.blockRefusals;
  if (refusals === undefined || entries.length === 0) return;

  const region = await driver.observe({ project, links: [linkId] }, ctx);
  const { networkId, subnetIds, native } = region.links.find((link) => isSameRef(link, { kind, id: linkId })) ?? {};
  const blocks = entries.map(({ cidrBlock }) => cidrBlock);
  const [error] = refusals(blocks, { linkId, networkId, subnetIds, native }, region);
  if (error !== undefined) throw error;
}
