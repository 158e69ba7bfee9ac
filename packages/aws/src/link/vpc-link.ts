import {
  isMarkOf,
  isPosternError,
  ownerFromTags,
  ownerTags,
  unlessGone,
  UnsupportedError,
  type CallContext,
  type Link,
  type LinkDoors,
  type LinkState,
  type LinkStatus,
  type Owner,
} from '@postern/core/adapter';
import type { VpcLinkOutput } from '../apis/api-gateway-api.js';
import { vpcLinkArn } from '../arn.js';
import { listAll } from '../client/list-all.js';
import { plain, sent } from '../client/plain.js';
import { isResourceId } from '../gateway/resource-id.js';
import type { Session } from '../client/session.js';
import { describeSubnets, networkOfSubnets } from '../network/subnet.js';
import { API_GATEWAY_PAGE } from '../limits.js';

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html: unused for sixty days a link is
 * INACTIVE and has no interfaces; traffic wakes it, and then it has other addresses.
 */
const STATES: ReadonlyMap<string, LinkState> = new Map([
  ['PENDING', 'pending'],
  ['AVAILABLE', 'ready'],
  ['INACTIVE', 'inactive'],
  ['FAILED', 'failed'],
  ['DELETING', 'deleting'],
]);

/** Of several links with one mark the most usable comes first. */
const USABLE: readonly LinkState[] = ['ready', 'inactive', 'pending', 'unknown', 'failed', 'deleting'];

/** VPC links V2 in the form of core's driver. */
export function vpcLinks(session: Session): LinkDoors {
  return {
    create: async (request, ctx) => {
      if (session.region === 'us-gov-east-1') {
        throw new UnsupportedError('HTTP APIs have no private integrations in us-gov-east-1', {
          remedy: 'Use us-gov-west-1.',
        });
      }
      const { VpcLinkId } = await session.send(ctx, 'apigatewayv2', 'CreateVpcLink', (api, options) =>
        api.createVpcLink(
          {
            Name: request.name,
            SubnetIds: [...request.subnetIds],
            SecurityGroupIds: [...request.securityGroupIds],
            // Tagged in the same call: a link without tags would count as unmanaged.
            Tags: { ...request.tags, ...ownerTags(request.owner) },
          },
          options,
        ),
      );
      return { id: sent(VpcLinkId, 'VpcLinkId', 'CreateVpcLink', true) };
    },
    find: (by, ctx) => findVpcLink(session, by, ctx),
    statuses: async (ids, ctx) => {
      if (ids.length === 0) return [];
      const wanted = new Set(ids);
      const links = await listVpcLinks(session, ctx);
      return links.filter(({ VpcLinkId = '' }) => wanted.has(VpcLinkId)).map(toStatus);
    },
    rename: async (id, name, ctx) => {
      await session.send(ctx, 'apigatewayv2', 'UpdateVpcLink', (api, options) =>
        api.updateVpcLink({ VpcLinkId: id, Name: name }, options),
      );
    },
    tag: async (id, tags, ctx) => {
      if (Object.keys(tags).length === 0) return;
      await session.send(
        ctx,
        'apigatewayv2',
        'TagResource',
        (api, options) =>
          api.tagResource(
            { ResourceArn: vpcLinkArn(session.region, id), Tags: { ...tags } },
            options,
          ) as Promise<object>,
      );
    },
    untag: async (id, keys, ctx) => {
      if (keys.length === 0) return;
      await session.send(
        ctx,
        'apigatewayv2',
        'UntagResource',
        (api, options) =>
          api.untagResource(
            { ResourceArn: vpcLinkArn(session.region, id), TagKeys: [...keys] },
            options,
          ) as Promise<object>,
      );
    },
    delete: async (id, ctx) => {
      await unlessGone(
        session.send(
          ctx,
          'apigatewayv2',
          'DeleteVpcLink',
          (api, options) => api.deleteVpcLink({ VpcLinkId: id }, options) as Promise<object>,
        ),
      );
    },
  };
}

/** All VPC links V2 of the region. The SDK has no paginator for them. */
export function listVpcLinks(session: Session, ctx: CallContext): Promise<VpcLinkOutput[]> {
  return listAll(session, ctx, 'VPC links', {
    service: 'apigatewayv2',
    method: 'getVpcLinks',
    input: { MaxResults: API_GATEWAY_PAGE },
    member: 'Items',
    key: 'VpcLinkId',
  });
}

/** One link as API Gateway has it, or `undefined`. */
export async function getVpcLink(session: Session, id: string, ctx: CallContext): Promise<VpcLinkOutput | undefined> {
  if (!isResourceId(id)) return undefined;
  return unlessGone(
    session.send(ctx, 'apigatewayv2', 'GetVpcLink', (api, options) => api.getVpcLink({ VpcLinkId: id }, options)),
  );
}

/**
 * The VPC that a link connects to. `undefined` where the link does not exist or its subnets may not be read.
 */
export async function networkOfLink(session: Session, id: string, ctx: CallContext): Promise<string | undefined> {
  const link = await getVpcLink(session, id, ctx);
  return link && networkOf(session, link.SubnetIds ?? [], ctx);
}

/** A link in the portable form. The API does not name the VPC; it follows from the subnets. */
export function toLink(link: VpcLinkOutput, networkId: string | undefined): Link {
  const tags = { ...link.Tags };
  return {
    ...toStatus(link),
    name: link.Name ?? '',
    kind: 'vpc-link-v2',
    networkId,
    subnetIds: [...(link.SubnetIds ?? [])],
    securityGroupIds: [...(link.SecurityGroupIds ?? [])],
    tags,
    createdAt: link.CreatedDate === undefined ? undefined : new Date(link.CreatedDate).toISOString(),
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
      : (await listVpcLinks(session, ctx)).filter((link) => isOf(link, by.owner)).toSorted(byUse)[0];
  return found && toLink(found, await networkOf(session, found.SubnetIds ?? [], ctx));
}

function isOf(link: VpcLinkOutput, wanted: Owner): boolean {
  const owner = ownerFromTags(link.Tags ?? {});
  if (!isMarkOf(owner, wanted)) return false;
  return wanted.specHash === undefined || owner?.specHash === wanted.specHash;
}

function byUse(a: VpcLinkOutput, b: VpcLinkOutput): number {
  const rank = ({ VpcLinkStatus = '' }: VpcLinkOutput) => USABLE.indexOf(STATES.get(VpcLinkStatus) ?? 'unknown');
  const age = ({ CreatedDate }: VpcLinkOutput) => (CreatedDate === undefined ? 0 : new Date(CreatedDate).getTime());
  return rank(a) - rank(b) || age(a) - age(b) || ((a.VpcLinkId ?? '') < (b.VpcLinkId ?? '') ? -1 : 1);
}

/** Without the permission to read subnets the network is not known, and that is all. */
async function networkOf(
  session: Session,
  subnetIds: readonly string[],
  ctx: CallContext,
): Promise<string | undefined> {
  try {
    const subnets = await describeSubnets(session, ctx, subnetIds);
    return networkOfSubnets(
      subnetIds,
      new Map(subnets.map(({ SubnetId = '', VpcId = '' }) => [SubnetId, VpcId] as const)),
    );
  } catch (error) {
    if (isPosternError(error, 'PERMISSION_DENIED')) return undefined;
    throw error;
  }
}

function toStatus(link: VpcLinkOutput): Omit<LinkStatus, 'kind'> {
  const nativeState = link.VpcLinkStatus ?? '';
  return {
    id: link.VpcLinkId ?? '',
    state: STATES.get(nativeState) ?? 'unknown',
    nativeState,
    reason: link.VpcLinkStatusMessage || undefined,
  };
}
