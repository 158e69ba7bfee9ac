import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { defined } from '../../ground/defined.js';
import type { ListenerRule } from '../../do/model/load-balancer.js';
import type { Route } from '../../do/model/route.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { liveRoutes, type LiveRoute } from '../../do/probe/live-routes.js';
import { isPathOf, partsOfKey, PLACEHOLDER } from '../../do/probe/probe-path.js';
import type { TwinCall } from './simulated-twin.js';

/** The calls by which a route is tried, of a stage or of its canary: one of each rule that its calls can match. */
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
  for (const live of liveRoutes(withoutCaches(snapshot), clouds)) {
    const { act, gateway, route: key } = live;
    const { routes = [], stages = [] } = gateways.find(({ id }) => id === gateway.id) ?? {};
    const route = routes.find((one) => one.key === key && one.linkId !== undefined);
    const url = act.is === 'call' ? renamed(act.url) : undefined;
    if (route === undefined || act.is !== 'call' || url === undefined) continue;

    const rules = rulesAt(snapshot, route.targetId);
    const { percent = 0 } = stages.find(({ name }) => name === live.stage)?.canary ?? {};
    for (const canary of percent > 0 ? [false, true] : [undefined]) {
      const at = `${gateway.id} ${key} ${canary === true}`;
      const known = found.get(at)?.calls ?? [];
      const own = callsOf(live, route, new URL(url), rules).map((call) => ({ ...call, ...defined({ canary }) }));
      found.set(at, { gatewayId: gateway.id, key, calls: [...known, ...own] });
    }
  }
  return [...found.values()];
}

/** The rules of a listener, and of those of the load balancers behind it. */
function rulesAt({ regions }: Snapshot, listenerId: string | undefined): readonly ListenerRule[] {
  return regions.flatMap(({ listeners, targetGroups = [] }) =>
    listeners
      .filter(({ id }) => id === listenerId)
      .flatMap(({ rules = [], actions = [] }) => {
        const groups = new Set(actions.flatMap(({ targetGroupIds = [] }) => targetGroupIds));
        const balancers = targetGroups
          .filter(({ id, kind }) => kind === 'load-balancer' && groups.has(id))
          .flatMap(({ targets = [] }) => targets.map(({ id }) => id));
        const behind = listeners.filter(({ loadBalancerId }) => balancers.includes(loadBalancerId));
        return [...rules, ...behind.flatMap((one) => one.rules ?? [])];
      }),
  );
}

/** A twin has answered no call yet: no cache has an answer. Its callers reach private gateways, too. */
function withoutCaches(snapshot: Snapshot): Snapshot {
  const regions = snapshot.regions.map((region) => ({
    ...region,
    gateways: region.gateways.map((gateway) => ({
      ...gateway,
      ...(gateway.endpoint === 'private' ? { endpoint: undefined } : {}),
      stages: gateway.stages.map((stage) => ({ ...stage, cache: {} })),
    })),
  }));
  return { ...snapshot, regions };
}

function callsOf(live: LiveRoute, served: Route, url: URL, rules: readonly ListenerRule[]): readonly TwinCall[] {
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
    const concrete = pattern && calledAs(served, pattern.replaceAll(/[*?]/g, 'a'));
    const path =
      concrete !== undefined && prefix !== '' && concrete.startsWith(`${prefix}/`)
        ? concrete.slice(prefix.length)
        : concrete;
    if (pattern !== undefined && (path === undefined || !isPathOf(route, path))) return [];

    return [
      { ...base, method: isAny ? rulesMethod : method, path: path === undefined ? base.path : `${prefix}${path}` },
    ];
  });
  return [base, ...others].slice(0, MOST_CALLS);
}

const VARIABLE = /\{([^{}+]+)\+?\}/;

/** The path of a call that is sent on as another one, where the integration writes that. Undefined: no call is. */
function calledAs({ key, writtenPath }: Route, sent: string): string | undefined {
  const { path } = partsOfKey(key);
  if (writtenPath === undefined || path === undefined) return sent;

  // Every other part is the name of a variable. Earlier ones take as much as they can, so the texts between them are looked for from the end.
  const parts = writtenPath.split(VARIABLE);
  const names = parts.filter((_, at) => at % 2 === 1);
  const [start = '', ...texts] = parts.filter((_, at) => at % 2 === 0);
  const values: string[] = [];
  let end = sent.length;
  for (const [at, text] of texts.toReversed().entries()) {
    const from = at === 0 ? end - text.length : sent.lastIndexOf(text, end - text.length - 1);
    if (from <= start.length || !sent.startsWith(text, from)) return undefined;

    if (at > 0) values.unshift(sent.slice(from + text.length, end));
    end = from;
  }
  if (!sent.startsWith(start) || (texts.length === 0 && sent !== start)) return undefined;

  if (texts.length > 0) values.unshift(sent.slice(start.length, end));
  const valueOf = (name: string): string => values[names.indexOf(name)] ?? values[0] ?? PLACEHOLDER;
  return path.replaceAll(/\{([^{}+]+)\+?\}/g, (_, name: string) => valueOf(name));
}
