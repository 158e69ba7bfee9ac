import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { ListenerRule } from '../../do/model/load-balancer.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { liveRoutes, type LiveRoute } from '../../do/probe/live-routes.js';
import { isPathOf } from '../../do/probe/probe-path.js';
import type { TwinCall } from './simulated-twin.js';

/** The calls by which a route is tried: one of each rule that its calls can match. */
export interface RouteCalls {
  readonly gatewayId: string;
  readonly key: string;
  readonly calls: readonly TwinCall[];
}

/** A listener has at most a hundred rules; a route is tried by a few of them. */
const MOST_CALLS = 8;

/** How the routes of a snapshot are called that lead into a network. `renamed`: an address with the IDs of the twin in it. */
export function routeCalls(
  snapshot: Snapshot,
  clouds: Clouds,
  renamed: (url: string) => string | undefined,
): readonly RouteCalls[] {
  const found = new Map<string, RouteCalls>();
  const gateways = snapshot.regions.flatMap((region) => region.gateways);
  const listeners = snapshot.regions.flatMap((region) => region.listeners);
  for (const live of liveRoutes(withoutCaches(snapshot), clouds)) {
    const { act, gateway, route: key } = live;
    const { routes = [] } = gateways.find(({ id }) => id === gateway.id) ?? {};
    const route = routes.find((one) => one.key === key && one.linkId !== undefined);
    const url = act.is === 'call' ? renamed(act.url) : undefined;
    if (route === undefined || act.is !== 'call' || url === undefined) continue;

    const rules = listeners.find(({ id }) => id === route.targetId)?.rules;
    const at = `${gateway.id} ${key}`;
    const known = found.get(at)?.calls ?? [];
    found.set(at, { gatewayId: gateway.id, key, calls: [...known, ...callsOf(live, new URL(url), rules ?? [])] });
  }
  return [...found.values()];
}

/** A twin has answered no call yet: no cache has an answer. */
function withoutCaches(snapshot: Snapshot): Snapshot {
  const regions = snapshot.regions.map((region) => ({
    ...region,
    gateways: region.gateways.map((gateway) => ({
      ...gateway,
      stages: gateway.stages.map((stage) => ({ ...stage, cache: {} })),
    })),
  }));
  return { ...snapshot, regions };
}

function callsOf(live: LiveRoute, url: URL, rules: readonly ListenerRule[]): readonly TwinCall[] {
  const { act, route, stage, guarded, provider, method } = live;
  const { headers } = act.is === 'call' ? act : {};
  const isAny = !/^[A-Z]+ /.test(route) || route.startsWith('ANY ');
  const base: TwinCall = {
    host: url.hostname,
    method,
    path: `${url.pathname}${url.search}`,
    headers,
    provider,
    isGuarded: guarded === true,
  };
  // The path that a rule sees can begin with the stage.
  const prefix = url.pathname.startsWith(`/${stage}/`) ? `/${stage}` : '';
  const others = rules.flatMap(({ conditions }): readonly TwinCall[] => {
    const values = (kind: string): readonly string[] => conditions.find((one) => one.kind === kind)?.values ?? [];
    const [pattern] = values('path');
    const [rulesMethod = method] = values('method');
    const concrete = pattern?.replaceAll(/[*?]/g, 'a');
    const path =
      concrete !== undefined && prefix !== '' && concrete.startsWith(`${prefix}/`)
        ? concrete.slice(prefix.length)
        : concrete;
    if (path !== undefined && !isPathOf(route, path)) return [];

    return [
      { ...base, method: isAny ? rulesMethod : method, path: path === undefined ? base.path : `${prefix}${path}` },
    ];
  });
  return [base, ...others].slice(0, MOST_CALLS);
}
