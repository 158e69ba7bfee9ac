import { isAddress, isPrivate } from '../../kinds/private-host.js';
import type { RegionIndex } from '../views.js';
import type { GatewayUse } from '../../model/gateway.js';
import type { AssumedFacts } from '../../model/spec.js';
import type { TargetRef } from '../../model/target.js';
import { isVariable, type MovedBackend } from './gateway-uses.js';
import { withVariables } from './stage-variables.js';

/** Backends with the reference that a spec would name each by; and uses whose backend cannot be told. */
export interface SortedUses {
  readonly backends: readonly (MovedBackend & { readonly refs: readonly TargetRef[]; readonly tls: boolean })[];
  readonly untold: readonly GatewayUse[];
  /** Those in the open internet, which no link leads to. */
  readonly open: readonly MovedBackend[];
}

/**
 * Sorts what leads to backends by backend. A stage variable counts as what `assume.stageVariables` says of it; hosts in the open internet
 * are told apart; a private domain is each of the addresses that stand behind it.
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
  const values = variables !== undefined && Object.hasOwn(variables, gatewayId) ? variables[gatewayId] : undefined;
  for (const use of uses.flatMap((one) => withVariables(one, values))) {
    // A URL has a port, written or by its scheme, unless that is a stage variable: no number.
    if (use.scheme !== undefined && use.host !== undefined && use.port === undefined) {
      untold.push({ unreadable: 'its port is a stage variable, and no call tells what it holds', ...use });
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
      const there = region.find('targets', targetId);
      const target = there.is === 'found' ? there.value : undefined;
      add(nameOf(targetId, target), () => refsOf(target), target);
    } else if (host !== undefined) {
      const at = port ?? (use.scheme === 'https' ? 443 : 80);
      const domain = domains.get(host);
      // A name may be a private one as long as nobody could read which are.
      const isOpen = domain === undefined && (isAddress(host) || namesMissing === undefined);
      const name = `${host.includes(':') ? `[${host}]` : host}:${at}`;
      if (isOpen && !isPrivate(host)) {
        open.set(name, [...(open.get(name) ?? []), use]);
        continue;
      }
      // Also of a name that the link of the future does not know yet: what stands in the way there is told at once.
      const addresses = domain?.addresses ?? (isAddress(host) ? [host] : []);
      add(name, () => addresses.map((address) => ({ address, port: at })));
    }
  }
  return {
    backends: [...found].map(([name, { uses: own, refs, target }]) => ({
      name,
      uses: own,
      refs,
      target,
      tls: own.some(({ scheme }) => scheme === 'https'),
    })),
    untold,
    open: [...open].map(([name, own]) => ({ name, uses: own })),
  };
}

/** An authorisation is called by its name; a listener's ARN nobody reads: `orders-alb:443`. */
function nameOf(targetId: string, target: MovedBackend['target']): string {
  if (target === undefined || target.kind === 'instance' || target.kind === 'address' || !target.name) return targetId;
  return target.port === undefined ? target.name : `${target.name}:${target.port}`;
}

function refsOf(target: MovedBackend['target']): readonly TargetRef[] {
  if (target === undefined) return [];
  if (target.kind === 'service') return [{ service: target.id }];
  if (target.kind === 'listener') return [{ listener: target.id }];
  const { resourceId, port } = target;
  if (resourceId === undefined || port === undefined) return [];
  return [/^[\d.]+$|:/.test(resourceId) ? { address: resourceId, port } : { instance: resourceId, port }];
}
