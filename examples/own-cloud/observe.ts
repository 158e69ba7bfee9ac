// What a scope asks for, as a snapshot. The lists of a region are short: the driver reads all but routes as a whole.
import { observing, type DriverMethods } from '@postern/core/adapter';
import { emptyRegion } from '@postern/core/cloud';
import { gatewayIdsBy } from '@postern/core/kinds';
import type { RouterRoute } from './account.js';
import type { Lists } from './lists.js';
import { ACCOUNT, ROPE, UNCHANGED, UNCHANGED_LISTS } from './network.js';
import { allowlistOf, egressOf, linkOf, routeOf } from './portable.js';
import { addressRefs, targetOf } from './targets.js';

const WHOLE = ['links', 'subnets', ...UNCHANGED_LISTS] as const;

export const observe =
  (lists: Lists, region: string): DriverMethods['observe'] =>
  async (scope, outer) => {
    const { gaps, ctx } = observing(outer);
    const subnets = await lists.subnets(outer);
    const tunnels = await lists.tunnels(outer);
    const routers = await lists.routers(ctx);
    const isAll = scope.all === true || scope.allGateways === true;
    const named = gatewayIdsBy('tunnelRouter', scope.gateways);
    const read: RouterRoute[] = [];
    const gateways = [];
    for (const id of routers.filter((one) => isAll || named.includes(one))) {
      const routes = await gaps.attempt({ what: `routes of ${id}`, of: 'gateways', id }, () => lists.routes(id, ctx));
      if (routes === undefined) continue;
      read.push(...routes);
      const stages = [{ name: 'live', autoDeploy: true }];
      gateways.push({ id, name: id, kind: 'tunnel-router', stages, routes: routes.map(routeOf), tags: {}, raw: null });
    }
    const machines = await gaps.attempt({ what: 'machines', of: ['interfaces', 'targets'] }, () => lists.machines(ctx));
    const refs = [...(scope.targets ?? []), ...read.flatMap(({ target }) => addressRefs(target))];
    const targets = machines && refs.flatMap((ref) => targetOf(ref, machines) ?? []);
    return {
      ...emptyRegion({ provider: 'tunnel', region, account: ACCOUNT }),
      ...UNCHANGED,
      subnets,
      gateways,
      quotas: { tunnels: 5 },
      interfaces: machines ?? [],
      gaps: gaps.list,
      whole: [
        ...WHOLE,
        ...(machines === undefined ? [] : (['interfaces'] as const)),
        ...(isAll && gateways.length === routers.length ? (['gateways'] as const) : []),
      ],
      links: tunnels.map((one) => linkOf(one, subnets)),
      allowlists: tunnels.map(allowlistOf),
      egress: (scope.egress ?? scope.checks ?? scope.all) ? tunnels.map((one) => egressOf(one, subnets, read)) : [],
      targets: [...new Map([...(targets ?? []), ...(scope.all ? [ROPE] : [])].map((one) => [one.id, one])).values()],
    };
  };
