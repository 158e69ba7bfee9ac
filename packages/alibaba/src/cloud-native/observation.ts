import { counted } from '@postern/core/internal/cloud';
import type { Gaps, Scope, CallContext } from '@postern/core/internal/adapter';
import type { GatewayRow } from '../client/apis/apig.js';
import type { Session } from '../client/session.js';
import { listSnatEntries } from '../network/nat.js';
import { listVSwitches } from '../network/network.js';
import type { WingObservation } from '../observe/wing-observation.js';
import { isOf, toGatewayEgress, type EgressParts } from './egress.js';
import { NO_APIG, observeApig, wantsApig, type ObservedApig } from './observe.js';

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
