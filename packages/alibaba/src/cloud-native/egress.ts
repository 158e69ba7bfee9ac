import { unless, type CallContext, type Egress } from '@postern/core/internal/adapter';
import type { GatewayRow } from '../client/apis/apig.js';
import type { Session } from '../client/session.js';
import {
  listInterfaces,
  toInterface,
  type InterfaceOutput,
  listSnatEntries,
  publicSourcesOf,
  type SnatEntry,
} from '../network/nat.js';
import { vSwitchesById } from '../network/network.js';
import { requireGateway, vSwitchesOf } from './gateway.js';

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
export interface EgressParts {
  readonly subnets: readonly { readonly id: string; readonly cidrBlock: string }[];
  readonly interfaces: readonly InterfaceOutput[];
  /** Undefined: not read. */
  readonly entries: readonly SnatEntry[] | undefined;
}

/** A gateway's egress from what was read: blocks hold for its life, addresses at this moment. */
export function toGatewayEgress(gateway: GatewayRow, { subnets, interfaces, entries }: EgressParts): Egress {
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
export function isOf(row: InterfaceOutput, gateway: GatewayRow): boolean {
  const group = gateway.securityGroup?.securityGroupId;
  return (
    group !== undefined &&
    group !== '' &&
    vSwitchesOf(gateway).includes(row.VSwitchId ?? '') &&
    (row.SecurityGroupIds?.SecurityGroupId ?? []).includes(group)
  );
}
