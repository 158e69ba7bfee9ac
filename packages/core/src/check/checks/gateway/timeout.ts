import { aboutThings, thing } from '../../../do/findings/subject.js';
import { type TimeoutRule } from '../../../do/kinds/gateway/gateway-traits.js';
import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import type { CheckInput, Found, IntegrationView, TargetView } from '../../../do/world/views.js';
import { backends, balancedTargets } from '../../path/balancers/balancers.js';
import { calledListeners } from '../../path/balancers/called-listeners.js';
import { balancerEvidence } from '../../../do/findings/evidence.js';
import { limitFor } from '../quota.js';
import { timeoutOf, timeText } from './route-timeout.js';
import { settingsOf } from './wanted.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../../do/findings/say-text.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `gateway/timeout`. */
export const gatewayTimeout = defineCheck({
  id: 'gateway/timeout',
  severity: 'error',
  title: 'The timeout of a route fits its gateway and its load balancer',
  about:
    'A gateway waits for a backend as long as the timeout of the route says, and refuses a timeout outside of ' +
    'its limits. If the load balancer, or one behind it, closes an idle connection before the timeout of the ' +
    'route ends, callers get the status 504 of the load balancer: that is a warning.',
  codes: ['OUT_OF_RANGE', 'QUOTA_NOT_READ', 'IDLE_SOONER', 'IDLE_NOT_READ', 'TIMEOUT_FITS'],
  *run(input, say) {
    const balancers = balancersOf(input);
    for (const view of input.integrations) {
      const rule = view.link.region.clouds.gatewayOf(view.spec.gateway).timeout;
      if (rule === undefined) continue;
      for (const target of view.targets) {
        const found = balancers.get(target);
        // Most routes declare no timeout, and their load balancer has none: nothing can be compared.
        const isComparable =
          found?.is === 'unknown' || (found?.is === 'found' && found.value.idleTimeoutMs !== undefined);
        for (const key of target.routeKeys) {
          const settings = settingsOf(view.spec, key);
          if (isComparable || settings?.timeoutMs !== undefined)
            yield ofRoute(say, view, found, { key, settings, rule });
        }
      }
    }
  },
});

function ofRoute(
  say: Say,
  view: IntegrationView,
  found: Found<LoadBalancer> | undefined,
  {
    key,
    settings,
    rule,
  }: { readonly key: string; readonly settings: ReturnType<typeof settingsOf>; readonly rule: TimeoutRule },
): Outcome {
  const { name, link } = view;
  const { timeoutMs: declared, stream } = settings ?? {};
  const { leastMs, most, mostStreamedMs } = rule;
  const timeoutMs = timeoutOf(view, key)?.timeoutMs ?? most.byDefault;
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
      return say.fail(about, 'OUT_OF_RANGE', { ...params, code, mostStreamedMs }, (p) => ({
        message: `the timeout of ${p.key} is ${timeText(p.timeoutMs)}, and the gateway accepts ${timeText(p.leastMs)} to ${timeText(p.mostMs)}`,
        remedy:
          `Write a timeout of ${timeText(p.leastMs)} to ${timeText(p.mostMs)}` +
          (p.code === undefined || p.timeoutMs < p.leastMs
            ? '.'
            : `, ask for a higher quota (${p.code}, for regional and private APIs)${p.mostStreamedMs === undefined ? '' : `, or write stream: true, which allows ${timeText(p.mostStreamedMs)}`}.`),
        evidence,
      }));
    }
    if (missing !== undefined)
      return say.unknown(about, 'QUOTA_NOT_READ', params, missing, (p) => ({
        whether: `the gateway accepts a timeout of ${timeText(p.timeoutMs)} for ${p.key}`,
        evidence,
      }));
  }
  if (balancer !== undefined && idleMs !== undefined && idleMs < timeoutMs) {
    return say.fail(
      about,
      'IDLE_SOONER',
      { key, timeoutMs, balancer: balancer.name || balancer.id, idleMs, isDeclared: declared !== undefined },
      (p) => ({
        message: `${p.key} waits ${timeText(p.timeoutMs)} for an answer${p.isDeclared ? '' : ' (no timeout is declared)'}, and ${p.balancer} closes an idle connection after ${timeText(p.idleMs)}: callers get its status 504`,
        remedy: `Set the idle timeout of ${p.balancer} to more than ${timeText(p.timeoutMs)}, or write a timeout of at most ${timeText(p.idleMs)} for ${p.key}.`,
        evidence: [...evidence, balancerEvidence(balancer, `idle timeout ${idleMs} ms`)],
        severity: 'warning',
      }),
    );
  }
  if (found?.is === 'unknown') {
    return say.unknown(about, 'IDLE_NOT_READ', { key, timeoutMs }, found.missing, (p) => ({
      whether: `the load balancer of ${p.key} keeps an idle connection for the ${timeText(p.timeoutMs)} that the route waits`,
      evidence,
      severity: 'warning',
    }));
  }
  return say.pass(
    about,
    'TIMEOUT_FITS',
    () => ({ key, timeoutMs }),
    (p) => ({ message: `a timeout of ${timeText(p.timeoutMs)} is possible for ${p.key}`, evidence }),
  );
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
