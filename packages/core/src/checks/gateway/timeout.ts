import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { gatewayTimeoutWords } from './words/timeout.words.js';
import { aboutThings, thing } from '../../findings/subject.js';
import { gatewayKind } from '../../kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS, type TimeoutRule } from '../../kinds/gateway/gateway-table.js';
import type { LoadBalancer } from '../../model/load-balancer.js';
import type { CheckInput, Found, IntegrationView, TargetView } from '../../world/views.js';
import { backends, balancedTargets } from '../../network/balancers/balancers.js';
import { calledListeners } from '../../network/balancers/called-listeners.js';
import { balancerEvidence } from '../../findings/evidence.js';
import { limitFor } from '../quota.js';
import { routesByKey } from './routes-by-key.js';
import { settingsOf } from './wanted.js';

const { fails, holds, unsure } = stating<(typeof gatewayTimeoutWords)['says']>();

/** `gateway/timeout`. */
export const gatewayTimeout: Judgement = {
  id: 'gateway/timeout',
  severity: 'error',
  *run(input) {
    const balancers = balancersOf(input);
    for (const view of input.integrations) {
      const rule = GATEWAY_KINDS[gatewayKind(view.spec.gateway)].timeout;
      if (rule === undefined) continue;
      for (const target of view.targets) {
        const found = balancers.get(target);
        // Most routes declare no timeout, and their load balancer has none: nothing can be compared.
        const isComparable =
          found?.is === 'unknown' || (found?.is === 'found' && found.value.idleTimeoutMs !== undefined);
        for (let at = 0; at < target.routeKeys.length; at += 1) {
          const key = target.routeKeys[at] as string;
          const settings = settingsOf(view.spec, key);
          if (isComparable || settings?.timeoutMs !== undefined)
            yield ofRoute(input, view, found, { key, settings, rule });
        }
      }
    }
  },
};

function ofRoute(
  input: CheckInput,
  { name, gateway, link }: IntegrationView,
  found: Found<LoadBalancer> | undefined,
  {
    key,
    settings,
    rule,
  }: { readonly key: string; readonly settings: ReturnType<typeof settingsOf>; readonly rule: TimeoutRule },
): Statement {
  const { timeoutMs: declared, stream } = settings ?? {};
  const { leastMs, most, mostStreamedMs } = rule;
  const live = gateway === undefined ? undefined : routesByKey(link.region, gateway).get(key)?.settings?.timeoutMs;
  const timeoutMs = declared ?? live ?? most.byDefault;
  const balancer = found?.is === 'found' ? found.value : undefined;
  const idleMs = balancer?.idleTimeoutMs;
  const about = aboutThings(name, thing('route', key));
  const evidence = [
    { kind: 'spec', id: `integrations.${name}.routes.${key}`, text: `timeout ${declared ?? 'none'} ms` },
  ];
  if (declared !== undefined) {
    const streamed = stream === true ? mostStreamedMs : undefined;
    const { limit, missing } = streamed === undefined ? limitFor(link.region, most, declared) : { limit: streamed };
    const params = { key, timeoutMs: declared, leastMs, mostMs: limit };
    if (declared < leastMs || (declared > limit && missing === undefined)) {
      const code = streamed === undefined ? most.code : undefined;
      return fails(about, 'OUT_OF_RANGE', { params: { ...params, code, mostStreamedMs }, evidence });
    }
    if (missing !== undefined) return unsure(about, 'QUOTA_NOT_READ', params, missing, { evidence });
  }
  if (balancer !== undefined && idleMs !== undefined && idleMs < timeoutMs) {
    return fails(about, 'IDLE_SOONER', {
      params: { key, timeoutMs, balancer: balancer.name || balancer.id, idleMs, isDeclared: declared !== undefined },
      evidence: [...evidence, balancerEvidence(balancer, `idle timeout ${idleMs} ms`)],
      severity: 'warning',
    });
  }
  if (found?.is === 'unknown') {
    return unsure(about, 'IDLE_NOT_READ', { key, timeoutMs }, found.missing, { evidence, severity: 'warning' });
  }
  return holds(input, about, 'TIMEOUT_FITS', () => ({ params: { key, timeoutMs }, evidence }));
}

/** The load balancer of each target; where several are on the way, the one that closes idle connections first. */
function balancersOf(input: CheckInput): ReadonlyMap<TargetView, Found<LoadBalancer>> {
  const found = new Map<TargetView, Found<LoadBalancer>>();
  for (const { target, backend } of backends(input)) {
    if (backend.kind === 'balancer') found.set(target, backend.balancer);
  }
  for (const one of balancedTargets(input)) {
    if (one.balancer.kind !== 'network') continue;
    let first = one.balancer;
    for (const { at } of calledListeners(one)) {
      if ((at.balancer.idleTimeoutMs ?? Infinity) < (first.idleTimeoutMs ?? Infinity)) first = at.balancer;
    }
    found.set(one.target, { is: 'found', value: first });
  }
  return found;
}
