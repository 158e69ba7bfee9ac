// What the driver reads, as the service returns it.
import { collectPages } from '@postern/core/adapter';
import { CloudError, type CallContext } from '@postern/core';
import type { RouterRoute, Tunnel } from './account.js';
import type { Api } from './api.js';
import type { MACHINES, SUBNETS } from './network.js';

export type Subnets = typeof SUBNETS;

/** The lists of the service. Those of routes have pages, all others have one. */
export function listsOf(api: Api) {
  const list =
    <T>(operation: string) =>
    async (ctx: CallContext) =>
      (await api<{ readonly items: T }>(ctx, operation)).items;
  return {
    tunnels: list<readonly Tunnel[]>('ListTunnels'),
    subnets: list<Subnets>('ListNetwork'),
    machines: list<typeof MACHINES>('ListMachines'),
    routers: list<readonly string[]>('ListRouters'),
    routes: (router: string, ctx: CallContext) =>
      collectPages<RouterRoute>(ctx, { what: `routes of ${router}`, operation: 'ListRoutes' }, (token) =>
        api(ctx, 'ListRoutes', { router, token }),
      ),
  };
}

export type Lists = ReturnType<typeof listsOf>;

export const absent = (what: string) =>
  new CloudError('NOT_FOUND', `${what} does not exist`, { operation: 'List', remedy: 'Check the ID.' });
