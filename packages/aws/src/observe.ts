import {
  UnsupportedError,
  type CallContext,
  type Gateway,
  type Link,
  type RegionSnapshot,
  type Scope,
  type SecurityGroup,
  type Subnet,
  createGaps,
  type Gaps,
} from '@postern/core';
import { toAllowlist } from './allowlist.js';
import { listApis, readApi } from './api.js';
import { toEgress } from './egress.js';
import { listLinkInterfaces, linkOfInterface, toInterface } from './network-interface.js';
import { observeNetworks } from './observe-networks.js';
import { observeSecurityGroups } from './observe-security-groups.js';
import { observeSubnets } from './observe-subnets.js';
import { observeTargets } from './observe-targets.js';
import { seenBy } from './seen-by.js';
import { readQuotas } from './quota.js';
import type { Session } from './session.js';
import { networkOfSubnets } from './subnet.js';
import { listVpcLinks, toLink } from './vpc-link.js';

/**
 * Reads what `scope` asks for, by list calls only, side by side where one does not need the other. A list that the
 * credentials do not allow is a gap; one that is cut short is an error.
 * @throws {UnsupportedError} for REST and WebSocket APIs. {CloudError} `INCOMPLETE_LIST`, `RESPONSE_TOO_LARGE`, ….
 */
export async function observe(session: Session, scope: Scope, ctx: CallContext): Promise<RegionSnapshot> {
  const account = await session.account(ctx);
  const gaps = createGaps();

  const reading = observeGateways(session, scope, gaps, ctx);
  const [found, gateways, backends] = await Promise.all([
    gaps.attempt({ what: 'VPC links', of: 'links' }, () => listVpcLinks(session, ctx)),
    reading,
    scope.all
      ? reading.then((all) => observeTargets(session, scope, targetIdsOf(all), account, gaps, ctx))
      : observeTargets(session, scope, [], account, gaps, ctx),
  ]);
  const bare = (found ?? []).map((link) => toLink(link, undefined));

  const subnets = await observeSubnets(session, scope, bare, gaps, ctx);
  const networkOf = new Map(subnets.map(({ id, networkId }) => [id, networkId] as const));
  const links = bare.map((link) => ({ ...link, networkId: networkOfSubnets(link.subnetIds, networkOf) }));

  const [groups, networks, egress, quotas] = await Promise.all([
    observeSecurityGroups(session, scope, links, gaps, ctx),
    scope.all ? observeNetworks(session, gaps, ctx) : [],
    observeEgress(session, scope, links, subnets, gateways, gaps, ctx),
    mayCreate(scope, links) ? readQuotas(session, links.length, ctx) : undefined,
  ]);

  return {
    provider: 'aws',
    region: session.region,
    account,
    links,
    gateways,
    ...backends,
    allowlists: groups === undefined ? [] : links.flatMap((link) => allowlistOf(link, groups)),
    ...egress,
    networks,
    subnets,
    securityGroups: groups ?? [],
    gaps: gaps.list,
    ...(quotas === undefined ? {} : { quotas }),
  };
}

async function observeGateways(
  session: Session,
  scope: Scope,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Gateway[]> {
  const ids = (scope.gateways ?? []).map((ref) => {
    if ('httpApi' in ref) return ref.httpApi;
    const kind = 'restApi' in ref ? 'REST APIs' : 'webSocketApi' in ref ? 'WebSocket APIs' : 'API groups';
    throw new UnsupportedError(
      kind === 'API groups' ? 'AWS has no API groups' : `${kind} (and VPC links V1) come in a later version`,
      { remedy: 'Use an HTTP API: gateway: { httpApi: <its id> }.' },
    );
  });
  const all = scope.all ? await gaps.attempt({ what: 'APIs', of: 'gateways' }, () => listApis(session, ctx)) : [];
  const known = new Map((all ?? []).map((api) => [api.ApiId ?? '', api] as const));
  const gateways = await Promise.all(
    [...new Set([...known.keys(), ...ids])].map((id) =>
      gaps.attempt({ what: `API ${id}`, of: 'gateways', id }, () =>
        readApi(session, id, scope.project, ctx, known.get(id)),
      ),
    ),
  );
  const found = gateways.flatMap((gateway) => gateway ?? []);
  const webSocket = found.find(({ id, kind }) => kind === 'websocket-api' && ids.includes(id));
  if (webSocket !== undefined) {
    throw new UnsupportedError(`${webSocket.id} is a WebSocket API; those (and VPC links V1) come in a later version`, {
      remedy: 'Use an HTTP API: gateway: { httpApi: <its id> }.',
    });
  }
  return found;
}

function targetIdsOf(gateways: readonly Gateway[]): readonly string[] {
  return gateways.flatMap(({ integrations }) => (integrations ?? []).flatMap(({ targetId }) => targetId ?? []));
}

/** Whether a link is declared that is not there. */
function mayCreate({ declared = [], project }: Scope, links: readonly Link[]): boolean {
  const ours = links.flatMap(({ owner }) => (owner?.project === project ? (owner?.integration ?? []) : []));
  return declared.some((name) => !ours.includes(name));
}

/** Without all of a link's groups nothing can be said of what it may reach. */
function allowlistOf(link: Link, groups: readonly SecurityGroup[]) {
  const own = groups.filter(({ id }) => link.securityGroupIds.includes(id));
  return own.length === link.securityGroupIds.length ? [toAllowlist(link.id, link.owner, own)] : [];
}

async function observeEgress(
  session: Session,
  scope: Scope,
  links: readonly Link[],
  subnets: readonly Subnet[],
  gateways: readonly Gateway[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<RegionSnapshot, 'egress' | 'interfaces'>> {
  if ((scope.egress !== true && scope.all !== true) || links.length === 0) return { egress: [], interfaces: [] };
  const networkIds = [...new Set(links.flatMap(({ networkId }) => networkId ?? []))];
  const wanted = { what: 'network interfaces of VPC links', of: 'interfaces' } as const;
  const interfaces = await gaps.attempt(wanted, () => listLinkInterfaces(session, networkIds, ctx));
  if (interfaces === undefined) return { egress: [], interfaces: [] };
  const rows = await gaps.attempt({ what: 'what targets see', of: 'egress' }, () =>
    seenBy(session, targetIdsOf(gateways), ctx),
  );
  return {
    interfaces: interfaces.map((one) => toInterface(one, linkOfInterface(one, links))),
    egress: links.map((link) => {
      const reached = new Set(
        gateways.flatMap(({ integrations }) =>
          (integrations ?? []).filter(({ linkId }) => linkId === link.id).map(({ targetId }) => targetId),
        ),
      );
      return {
        ...toEgress(link, links, subnets, interfaces),
        seenBy: (rows ?? []).filter(({ target }) => reached.has(target)),
      };
    }),
  };
}
