import type { CallContext, Link, Owner } from '@postern/core/internal/library';
import {
  byUse,
  unless,
  isMarkOfLink,
  ownerFromTags,
  ownerTags,
  unlessGone,
  type LinkMethods,
  type LinkStatus,
} from '@postern/core/internal/adapter';
import type { BalancerLinkOutput } from '../sdk-types.js';
import { vpcLinkArn } from '../arn.js';
import { listAll } from '../client/list-all.js';
import { isResourceId } from '../gateways/integration-target.js';
import { plain, sent, type Session } from '../client/session.js';
import { listLoadBalancers, toLoadBalancer } from '../load-balancing/load-balancer.js';
import { statusOf } from './vpc-link.js';

/** VPC links V1 in the form of core's driver. */
export function balancerLinks(session: Session): LinkMethods {
  return {
    create: async ({ name, loadBalancerId, tags, owner }, ctx) => {
      const { id } = await session.call(ctx, 'apigateway', 'CreateVpcLink', {
        name,
        targetArns: loadBalancerId === undefined ? [] : [loadBalancerId],
        // Tagged in the same call: a link without tags would count as unmanaged.
        tags: { ...tags, ...ownerTags(owner) },
      });
      return { id: sent(id, 'id', 'CreateVpcLink', true) };
    },
    find: (by, ctx) => findBalancerLink(session, by, ctx),
    statuses: async (ids, ctx) => {
      if (ids.length === 0) return [];

      const wanted = new Set(ids);
      const links = await listBalancerLinks(session, ctx);
      return links.filter(({ id }) => wanted.has(id)).map(toStatus);
    },
    rename: async (vpcLinkId, name, ctx) => {
      await session.call(ctx, 'apigateway', 'UpdateVpcLink', {
        vpcLinkId,
        patchOperations: [{ op: 'replace', path: '/name', value: name }],
      });
    },
    tag: async (id, tags, ctx) => {
      if (Object.keys(tags).length === 0) return;

      const input = { resourceArn: vpcLinkArn(session.region, id), tags: { ...tags } };
      await session.call(ctx, 'apigateway', 'TagResource', input);
    },
    untag: async (id, keys, ctx) => {
      if (keys.length === 0) return;

      const input = { resourceArn: vpcLinkArn(session.region, id), tagKeys: [...keys] };
      await session.call(ctx, 'apigateway', 'UntagResource', input);
    },
    delete: async (vpcLinkId, ctx) => {
      await unlessGone(session.call(ctx, 'apigateway', 'DeleteVpcLink', { vpcLinkId }));
    },
  };
}

/**
 * All VPC links V1 of the region, in one call for up to 500. Those with tags have them in this list, too:
 * Terraform's data source relies on that.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/vpc_link_data_source.go
 */
export function listBalancerLinks(session: Session, ctx: CallContext): Promise<BalancerLinkOutput[]> {
  return listAll(session, ctx, 'VPC links V1', 'apigateway', 'GetVpcLinks');
}

/** One link as API Gateway has it, or `undefined`. */
export async function getBalancerLink(
  session: Session,
  vpcLinkId: string,
  ctx: CallContext,
): Promise<BalancerLinkOutput | undefined> {
  if (!isResourceId(vpcLinkId)) return undefined;

  return unlessGone(session.call(ctx, 'apigateway', 'GetVpcLink', { vpcLinkId }));
}

/** A link in the portable form. Its network is that of its load balancer, which the API does not name. */
export function toBalancerLink(link: BalancerLinkOutput, networkId: string | undefined): Link {
  const tags = { ...link.tags };
  return {
    ...toStatus(link),
    name: link.name,
    kind: 'vpc-link-v1',
    networkId,
    subnetIds: [],
    securityGroupIds: [],
    loadBalancerIds: [...(link.targetArns ?? [])],
    tags,
    owner: ownerFromTags(tags),
    raw: plain(link),
  };
}

/** The VPC of a load balancer of a V1 link; undefined where it does not exist, or must not be read. */
async function networkOfBalancers(
  session: Session,
  { targetArns = [] }: BalancerLinkOutput,
  ctx: CallContext,
): Promise<string | undefined> {
  const balancers = await unless(listLoadBalancers(session, ctx), 'PERMISSION_DENIED');
  return balancers?.map(toLoadBalancer).find(({ id }) => targetArns.includes(id))?.networkId;
}

async function findBalancerLink(
  session: Session,
  by: { readonly id: string } | { readonly owner: Owner },
  ctx: CallContext,
): Promise<Link | undefined> {
  const found =
    'id' in by
      ? await getBalancerLink(session, by.id, ctx)
      : (await listBalancerLinks(session, ctx))
          .filter(({ tags, targetArns = [] }) =>
            isMarkOfLink(ownerFromTags(tags ?? {}), by.owner, {
              subnetIds: [],
              securityGroupIds: [],
              loadBalancerIds: targetArns,
            }),
          )
          .toSorted((a, b) => byUse(toStatus(a), toStatus(b)))[0];
  return found && toBalancerLink(found, await networkOfBalancers(session, found, ctx));
}

function toStatus({ id, status, statusMessage }: BalancerLinkOutput): Omit<LinkStatus, 'kind'> {
  return statusOf(id, status, statusMessage);
}
