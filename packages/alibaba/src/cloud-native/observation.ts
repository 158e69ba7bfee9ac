import { counted } from '@postern/core/internal/cloud';
import { type Gaps, type Scope, type CallContext, unless, type Egress } from '@postern/core/internal/adapter';
import type { GatewayRow } from '../client/apis/apig.js';
import type { Session } from '../client/session.js';
import {
  listSnatEntries,
  listInterfaces,
  toInterface,
  type InterfaceOutput,
  publicSourcesOf,
  type SnatEntry,
} from '../network/nat.js';
import { listVSwitches, vSwitchesById } from '../network/network.js';
import type { WingObservation } from '../observe/wing-observation.js';
import { NO_APIG, observeApig, wantsApig, type ObservedApig } from './observe.js';
import { requireGateway, vSwitchesOf } from './gateway.js';

/** How gateways, HTTP APIs and services are observed. */
export const cloudNativeObservation: WingObservation = {
  gatewayKey: 'apigHttpApi',
  begin:
    ({ session, scope, gaps, ctx }) =>
    async () => {
      const apig = wantsApig(scope, session.region) ? await observeApig(session, scope, gaps, ctx) : NO_APIG;
      return {
        links: apig.links,
        allowlists: apig.allowlists,
        complete: apig.complete,
        services: apig.targets,
        settle: () =>
          Promise.resolve({
            gateways: apig.gateways,
            backends: { targets: [], named: [], called: [] },
            note: () => ({ text: apigNote(session.region, apig), found: apig.links.length > 0 }),
            native: () => ({}),
            more: () => Promise.resolve(apig.others.length === 0 ? {} : { otherGateways: apig.others }),
          }),
        egress: async () => {
          const parts = await gatewayParts(session, apig.rows, scope, gaps, ctx);
          return {
            isEmpty: apig.rows.length === 0,
            vpcIds: apig.rows.flatMap(({ vpc }) => vpc?.vpcId || []),
            of: (rows) => apig.rows.map((gateway) => toGatewayEgress(gateway, { ...parts, interfaces: rows })),
            ownerOf: (row) => apig.rows.find((gateway) => isOf(row, gateway))?.gatewayId,
          };
        },
      };
    },
};

/** `observed Cloud-native API Gateway in cn-hangzhou: 1 gateway, 1 HTTP API, 2 routes, 1 service`. */
function apigNote(
  region: string,
  { links, gateways, targets }: Pick<ObservedApig, 'links' | 'gateways' | 'targets'>,
): string {
  const words = [
    counted(links.length, 'gateway'),
    counted(gateways.length, 'HTTP API'),
    counted(gateways.flatMap(({ routes }) => routes).length, 'route'),
    counted(targets.length, 'service'),
  ];
  return `observed Cloud-native API Gateway in ${region}: ${words.join(', ')}`;
}

/** The vSwitches of gateways, whose blocks their answers do not have, and what public backends see of them. */
async function gatewayParts(
  session: Session,
  gateways: readonly GatewayRow[],
  { checks, all, egress = all }: Scope,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Omit<EgressParts, 'interfaces'>> {
  if (gateways.length === 0 || (checks !== true && egress !== true)) return { subnets: [], entries: undefined };

  const vpcIds = [...new Set(gateways.flatMap(({ vpc }) => vpc?.vpcId || []))];
  const [subnets, entries] = await Promise.all([
    gaps.attempt({ what: 'vSwitches of gateways', of: 'egress' }, () => listVSwitches(session, ctx)),
    gaps.attempt({ what: 'SNAT entries of NAT gateways', of: 'egress' }, () => listSnatEntries(session, ctx, vpcIds)),
  ]);
  return { subnets: subnets ?? [], entries };
}

/**
 * The source addresses of a gateway's calls: its nodes' interfaces are in its vSwitches, and have the group that the
 * service created for it alone. Public backends see the addresses of a NAT gateway instead.
 * @throws {CloudError} `NOT_FOUND`
 */
export async function readGatewayEgress(session: Session, linkId: string, ctx: CallContext): Promise<Egress> {
  const gateway = await requireGateway(session, linkId, ctx);
  const vpcId = gateway.vpc?.vpcId;
  const [subnets, interfaces, entries] = await Promise.all([
    vSwitchesById(session, ctx, vSwitchesOf(gateway)),
    vpcId === undefined ? [] : listInterfaces(session, [vpcId], ctx),
    snatEntriesOf(session, [gateway], ctx),
  ]);
  return toGatewayEgress(gateway, { subnets, interfaces, entries });
}

/** The SNAT entries in the VPCs of gateways; undefined where they may not be read. */
export async function snatEntriesOf(
  session: Session,
  gateways: readonly GatewayRow[],
  ctx: CallContext,
): Promise<readonly SnatEntry[] | undefined> {
  const networkIds = [...new Set(gateways.flatMap(({ vpc }) => vpc?.vpcId || []))];
  return unless(listSnatEntries(session, ctx, networkIds), 'PERMISSION_DENIED');
}

/** What the egress of a gateway is made of. */
interface EgressParts {
  readonly subnets: readonly { readonly id: string; readonly cidrBlock: string }[];
  readonly interfaces: readonly InterfaceOutput[];
  /** Undefined: not read. */
  readonly entries: readonly SnatEntry[] | undefined;
}

/** A gateway's egress from what was read: blocks hold for its life, addresses at this moment. */
function toGatewayEgress(gateway: GatewayRow, { subnets, interfaces, entries }: EgressParts): Egress {
  const ids = vSwitchesOf(gateway);
  const own = subnets.filter(({ id }) => ids.includes(id));
  const group = gateway.securityGroup?.securityGroupId;
  return {
    linkId: gateway.gatewayId ?? '',
    addresses: interfaces
      .filter((row) => isOf(row, gateway))
      .flatMap((row) => toInterface(row, gateway.gatewayId).addresses),
    prefixes: [...new Set(own.map(({ cidrBlock }) => cidrBlock))],
    securityGroupIds: group ? [group] : [],
    stability: 'momentary',
    confidence: 'certain',
    ...(entries === undefined ? {} : { publicSources: publicSourcesOf(entries, own) }),
    seenBy: [
      { target: 'private addresses', source: 'link', because: "the gateway's nodes call them from its vSwitches" },
      {
        target: 'public addresses',
        source: 'link',
        because: 'they see the address of the NAT gateway that has an SNAT entry for the vSwitches',
      },
    ],
  };
}

/** Whether an interface is one of a gateway. The filter of ECS by group finds secondary interfaces only. */
function isOf(row: InterfaceOutput, gateway: GatewayRow): boolean {
  const group = gateway.securityGroup?.securityGroupId;
  return (
    group !== undefined &&
    group !== '' &&
    vSwitchesOf(gateway).includes(row.VSwitchId ?? '') &&
    (row.SecurityGroupIds?.SecurityGroupId ?? []).includes(group)
  );
}
