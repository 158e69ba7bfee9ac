import { defined } from '../../../ground/defined.js';
import { hashJson } from '../../../ground/hash.js';
import { markStart } from '../../model/marks.js';
import type { Claimant } from '../../model/ownership.js';
import type { Route } from '../../model/route.js';
import type { TargetTls } from '../../model/target.js';
import type { DeployedRoute } from './route-input.js';

/**
 * The mark of a deployment: `postern:<project>@<spec>/<hash of the spec's routes of that gateway>`,
 * with `.<hash of the declared settings>` where routes declare some.
 * A stage without automatic deployment that carries it, or has gone beyond it, shows the current routes.
 */
export function deployMark(by: Claimant, routes: readonly DeployedRoute[]): string {
  const sorted = routes.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const listed = sorted.map(({ key, linkId, targetId, serverName, path, method }) => {
    return { key, linkId: linkId ?? null, targetId, serverName, path, ...defined({ method }) };
  });
  const declared = sorted.flatMap(({ key, settings }) => (settings === undefined ? [] : [{ key, settings }]));
  const settings = declared.length === 0 ? '' : `.${hashJson(declared)}`;
  return `${markStart(by)}${hashJson(listed)}${settings}`;
}

/** The part of a mark that stands for settings: names of projects may have dots, too. */
const SETTINGS = /\.[0-9a-f]+$/;

/**
 * Whether two deployments had the same routes, whatever settings were declared for them. Only a whole spec declares
 * the settings of all routes.
 */
export function hasSameRoutes(a: string | undefined, b: string | undefined): boolean {
  return a?.replace(SETTINGS, '') === b?.replace(SETTINGS, '');
}

/** What a route that is there puts into the mark. */
export function deployedRoute(route: Route): DeployedRoute {
  return {
    key: route.key,
    link: '',
    linkId: route.linkId,
    targetId: route.targetId ?? null,
    serverName: serverName(route.tls),
    path: route.path ?? 'overwrite',
    ...defined({ method: route.method }),
  };
}

/** The name that a target's certificate is checked for; empty for TLS without a name, null for no TLS. */
export function serverName(tls: TargetTls | undefined): string | null {
  return tls === undefined ? null : (tls.serverName ?? '');
}
