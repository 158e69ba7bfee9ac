import { entryOf } from '../../../ground/json.js';
import { isAddress, isPrivate } from '../../kinds/id-kinds.js';
import type { RegionIndex } from '../views.js';
import type { GatewayUse, Gateway } from '../../model/gateway.js';
import type { AssumedFacts } from '../../spec.js';
import type { TargetRef } from '../../model/target.js';
import { isVariable, withVariables } from './stage-variables.js';
import type { MovedBackend } from './gateway-uses.js';
import type { Route } from '../../model/route.js';

/** Backends with the reference that a spec would use for each; and uses whose backend cannot be determined. */
export interface SortedUses {
  readonly backends: readonly (MovedBackend & { readonly refs: readonly TargetRef[]; readonly tls: boolean })[];
  readonly untold: readonly GatewayUse[];
  /** Public backends, which no link can reach. */
  readonly open: readonly MovedBackend[];
}

/**
 * Groups uses by backend. A stage variable counts as the value in `assume.stageVariables`. Public hosts are
 * kept separate. A private domain counts as each of its addresses.
 */
export function sortUses(
  region: RegionIndex,
  gatewayId: string,
  uses: readonly GatewayUse[],
  variables: AssumedFacts['stageVariables'],
): SortedUses {
  const found = new Map<string, { uses: GatewayUse[]; refs: readonly TargetRef[]; target?: MovedBackend['target'] }>();
  const untold: GatewayUse[] = [];
  const open = new Map<string, GatewayUse[]>();
  const namesMissing = region.missing('privateDomains');
  const domains = new Map((region.region.privateDomains ?? []).map((domain) => [domain.name, domain] as const));
  const values = entryOf(variables, gatewayId);
  for (const use of uses.flatMap((one) => withVariables(one, values))) {
    // A URL has a port, written or by its scheme, unless that is a stage variable: no number.
    if (use.scheme !== undefined && use.host !== undefined && use.port === undefined) {
      untold.push({ unreadable: 'its port is a stage variable, whose value no API returns', ...use });
      continue;
    }
    if (use.unreadable !== undefined || isVariable(use.targetId) || isVariable(use.host)) {
      untold.push(use);
      continue;
    }

    const { targetId, host, port } = use;
    const add = (name: string, refs: () => readonly TargetRef[], target?: MovedBackend['target']): void => {
      const entry = found.get(name) ?? { uses: [], refs: refs(), target };
      entry.uses.push(use);
      found.set(name, entry);
    };
    if (targetId !== undefined) {
      const targetFound = region.find('targets', targetId);
      const target = targetFound.is === 'found' ? targetFound.value : undefined;
      add(nameOf(targetId, target), () => refsOf(target), target);
    } else if (host !== undefined) {
      const at = port ?? (use.scheme === 'https' ? 443 : 80);
      const domain = domains.get(host);
      // A name may be private as long as the list of private domains could not be read.
      const isOpen = domain === undefined && (isAddress(host) || namesMissing === undefined);
      const name = `${host.includes(':') ? `[${host}]` : host}:${at}`;
      if (isOpen && !isPrivate(host)) {
        open.set(name, [...(open.get(name) ?? []), use]);
        continue;
      }

      // Also for a name that the new link does not resolve yet: its problems are reported in the same run.
      const addresses = domain?.addresses ?? (isAddress(host) ? [host] : []);
      add(name, () => addresses.map((address) => ({ address, port: at })));
    }
  }
  return {
    backends: [...found].map(([name, { uses: own, refs, target }]) => ({
      name,
      uses: own,
      refs,
      targets: targetNames(name, refs),
      target,
      tls: own.some(({ scheme }) => scheme === 'https'),
    })),
    untold,
    open: [...open].map(([name, own]) => ({ name, uses: own, targets: [] })),
  };
}

/** A domain with several records is several addresses, and a target for each. */
function targetNames(name: string, refs: readonly TargetRef[]): readonly string[] {
  if (refs.length === 1) return [name];

  return refs.map((ref, at) => `${name} ${'address' in ref ? String(ref['address']) : at}`);
}

/** An authorization is shown by its name; a listener by a readable form of its ARN: `orders-alb:443`. */
function nameOf(targetId: string, target: MovedBackend['target']): string {
  if (target === undefined || target.kind === 'instance' || target.kind === 'address' || !target.name) return targetId;

  return target.port === undefined ? target.name : `${target.name}:${target.port}`;
}

/** How a spec would name a target. None where it cannot. */
export function refsOf(target: MovedBackend['target']): readonly TargetRef[] {
  if (target === undefined) return [];
  if (target.kind === 'service') return [{ service: target.id }];
  if (target.kind === 'listener') return [{ listener: target.id }];

  const { resourceId, port } = target;
  if (resourceId === undefined || port === undefined) return [];

  return [/^[\d.]+$|:/.test(resourceId) ? { address: resourceId, port } : { instance: resourceId, port }];
}

/**
 * What a version of a route calls, as text: a target's ID, an address, `a mock`, `named backend be`. Undefined: not read.
 * @param stage undefined: the draft
 */
export function shownBackend({ uses = [] }: Gateway, route: Route, stage: string | undefined): string | undefined {
  const own = stage === undefined ? route.targetId : publishedTarget(route, stage);
  if (own !== undefined) return own;

  const shared = uses.filter(({ kind, routeIds }) => kind === 'backend' && routeIds.includes(route.id));
  const named = shared.find((use) => stage === undefined || use.stage === stage);
  if (named !== undefined) return `named backend ${named.name}`;

  const use = uses.find((one) => one.kind === 'route' && one.stage === stage && one.routeIds.includes(route.id));
  return use && endText(use);
}

function publishedTarget({ publishedTargets = {} }: Route, stage: string): string | undefined {
  return entryOf(publishedTargets, stage);
}

function endText({ targetId, scheme, host, port, unreadable }: GatewayUse): string | undefined {
  if (targetId !== undefined || host === undefined) return targetId ?? unreadable;

  return `${scheme === undefined ? '' : `${scheme}://`}${host}${port === undefined ? '' : `:${port}`}`;
}
