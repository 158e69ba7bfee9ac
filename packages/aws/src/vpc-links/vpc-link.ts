import type { CallContext, Link, Owner, LinkState } from '@postern/core/internal/library';
import {
  byUse,
  unless,
  isMarkOfLink,
  ownerFromTags,
  ownerTags,
  unlessGone,
  UnsupportedError,
  type LinkMethods,
  type LinkStatus,
} from '@postern/core/internal/adapter';
import type { VpcLinkOutput } from '../sdk-types.js';
import { vpcLinkArn } from '../arn.js';
import { listAll } from '../client/list-all.js';
import { isResourceId } from '../gateways/integration-target.js';
import { plain, sent, type Session } from '../client/session.js';
import { describeSubnets, onlyNetwork } from '../networks/subnet.js';

/**
 * The states of VPC links V1 and V2. A V2 link that is unused for sixty days is INACTIVE and has no interfaces; traffic
 * wakes it, and then it has other addresses. A V1 link is never INACTIVE.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_VpcLink.html
 */
const STATES: ReadonlyMap<string, LinkState> = new Map([
  ['PENDING', 'pending'],
  ['AVAILABLE', 'ready'],
  ['INACTIVE', 'inactive'],
  ['FAILED', 'failed'],
  ['DELETING', 'deleting'],
]);

/** The state of a link, from its ID, its state and the sentence about it as API Gateway has them. */
export function statusOf(id = '', nativeState = '', message?: string): Omit<LinkStatus, 'kind'> {
  return { id, state: STATES.get(nativeState) ?? 'unknown', nativeState, reason: message || undefined };
}

/** VPC links V2 in the form of core's driver. */
export function vpcLinks(session: Session): LinkMethods {
  return {
    create: async (request, ctx) => {
      if (session.region === 'us-gov-east-1') {
        throw new UnsupportedError('HTTP APIs have no private integrations in us-gov-east-1', {
          remedy: 'Use us-gov-west-1.',
        });
      }

      const { VpcLinkId } = await session.call(ctx, 'apigatewayv2', 'CreateVpcLink', {
        Name: request.name,
        SubnetIds: [...request.subnetIds],
        SecurityGroupIds: [...request.securityGroupIds],
        // Tagged in the same call: a link without tags would count as unmanaged.
        Tags: { ...request.tags, ...ownerTags(request.owner) },
      });
      return { id: sent(VpcLinkId, 'VpcLinkId', 'CreateVpcLink', true) };
    },
    find: (by, ctx) => findVpcLink(session, by, ctx),
    statuses: async (ids, ctx) => {
      if (ids.length === 0) return [];

      const wanted = new Set(ids);
      const links = await listVpcLinks(session, ctx);
      return links.filter(({ VpcLinkId }) => wanted.has(VpcLinkId)).map(toStatus);
    },
    rename: async (id, name, ctx) => {
      await session.call(ctx, 'apigatewayv2', 'UpdateVpcLink', { VpcLinkId: id, Name: name });
    },
    tag: async (id, tags, ctx) => {
      if (Object.keys(tags).length === 0) return;

      await session.call(ctx, 'apigatewayv2', 'TagResource', {
        ResourceArn: vpcLinkArn(session.region, id),
        Tags: { ...tags },
      });
    },
    untag: async (id, keys, ctx) => {
      if (keys.length === 0) return;

      await session.call(ctx, 'apigatewayv2', 'UntagResource', {
        ResourceArn: vpcLinkArn(session.region, id),
        TagKeys: [...keys],
      });
    },
    delete: async (id, ctx) => {
      await unlessGone(session.call(ctx, 'apigatewayv2', 'DeleteVpcLink', { VpcLinkId: id }));
    },
  };
}

/**
 * All VPC links V2 of the region. The SDK has no paginator for them. Units that each look for a link of their own share
 * a list: 200 of them would read 200 lists of 200 links.
 */
export function listVpcLinks(session: Session, ctx: CallContext): Promise<readonly VpcLinkOutput[]> {
  return session.share('GetVpcLinks', () => readVpcLinks(session, ctx), ctx.signal);
}

function readVpcLinks(session: Session, ctx: CallContext): Promise<VpcLinkOutput[]> {
  return listAll(session, ctx, 'VPC links', 'apigatewayv2', 'GetVpcLinks');
}

/** One link as API Gateway has it, or `undefined`. */
export async function getVpcLink(session: Session, id: string, ctx: CallContext): Promise<VpcLinkOutput | undefined> {
  if (!isResourceId(id)) return undefined;

  return unlessGone(session.call(ctx, 'apigatewayv2', 'GetVpcLink', { VpcLinkId: id }));
}

/** The VPC that a link connects to. `undefined` where the link does not exist or its subnets may not be read. */
export async function networkOfLink(session: Session, id: string, ctx: CallContext): Promise<string | undefined> {
  const link = await getVpcLink(session, id, ctx);
  return link && networkOf(session, link.SubnetIds ?? [], ctx);
}

/** A link in the portable form. The API does not name the VPC; it follows from the subnets. */
export function toLink(link: VpcLinkOutput, networkId: string | undefined): Link {
  const tags = { ...link.Tags };
  return {
    ...toStatus(link),
    name: link.Name,
    kind: 'vpc-link-v2',
    networkId,
    subnetIds: [...(link.SubnetIds ?? [])],
    securityGroupIds: [...(link.SecurityGroupIds ?? [])],
    tags,
    createdAt: createdAt(link),
    owner: ownerFromTags(tags),
    raw: plain(link),
  };
}

async function findVpcLink(
  session: Session,
  by: { readonly id: string } | { readonly owner: Owner },
  ctx: CallContext,
): Promise<Link | undefined> {
  const found =
    'id' in by
      ? await getVpcLink(session, by.id, ctx)
      : (await listVpcLinks(session, ctx))
          .filter(({ Tags, SubnetIds = [], SecurityGroupIds = [] }) =>
            isMarkOfLink(ownerFromTags(Tags ?? {}), by.owner, {
              subnetIds: SubnetIds,
              securityGroupIds: SecurityGroupIds,
            }),
          )
          .toSorted((a, b) => byUse(useOf(a), useOf(b)))[0];
  return found && toLink(found, await networkOf(session, found.SubnetIds ?? [], ctx));
}

/** Without the permission to read subnets the network is not known, and that is all. */
async function networkOf(
  session: Session,
  subnetIds: readonly string[],
  ctx: CallContext,
): Promise<string | undefined> {
  const subnets = await unless(describeSubnets(session, ctx, subnetIds), 'PERMISSION_DENIED');
  return subnets && onlyNetwork(subnetIds, new Map(subnets.map(({ SubnetId, VpcId }) => [SubnetId, VpcId] as const)));
}

function useOf(link: VpcLinkOutput): Pick<Link, 'id' | 'state' | 'createdAt'> {
  return { ...toStatus(link), createdAt: createdAt(link) };
}

function createdAt({ CreatedDate }: VpcLinkOutput): string | undefined {
  return CreatedDate === undefined ? undefined : new Date(CreatedDate).toISOString();
}

function toStatus({ VpcLinkId, VpcLinkStatus, VpcLinkStatusMessage }: VpcLinkOutput): Omit<LinkStatus, 'kind'> {
  return statusOf(VpcLinkId, VpcLinkStatus, VpcLinkStatusMessage);
}
