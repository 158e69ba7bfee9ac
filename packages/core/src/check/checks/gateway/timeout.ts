import { gatewayTraits } from '../../../do/kinds/cloud/gateway-kinds.js';
import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { aboutThings, thing } from '../../../do/findings/subject.js';
import type { TimeoutRule } from '../../../do/kinds/gateway/gateway-traits.js';
import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import type { CheckInput, Found, IntegrationView, TargetView } from '../../../do/world/views.js';
import { backends, balancedTargets } from '../../path/balancers/balancers.js';
import { calledListeners } from '../../path/balancers/called-listeners.js';
import { balancerEvidence } from '../../../do/findings/evidence.js';
import { limitFor } from '../quota.js';
import { timeoutOf, timeText } from './route-findings.js';
import { settingsOf } from './declared-route.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  OUT_OF_RANGE: fail(
    'the timeout of {key} is {timeoutMs}, and the gateway accepts {leastMs} to {mostMs}',
    'Write a timeout of {leastMs} to {mostMs}[, ask for a higher quota ({quota}, for regional and private APIs)][, or write stream: true, which allows {streamedMs}].',
  ),
  QUOTA_NOT_READ: unknown('the gateway accepts a timeout of {timeoutMs} for {key}'),
  IDLE_SOONER: fail(
    '{key} waits {timeoutMs} for an answer{isDeclared?: (no timeout is declared)}, and {balancer} closes an idle connection after {idleMs}: callers get its status 504',
    'Set the idle timeout of {balancer} to more than {timeoutMs}, or write a timeout of at most {idleMs} for {key}.',
    'warning',
  ),
  IDLE_NOT_READ: unknown(
    'the load balancer of {key} keeps an idle connection for the {timeoutMs} that the route waits',
    'warning',
  ),
  TIMEOUT_FITS: pass('a timeout of {timeoutMs} is possible for {key}'),
};

export const gatewayTimeout = defineCheck({
  id: 'gateway/timeout',
  severity: 'error',
  title: 'The timeout of a route fits its gateway and its load balancer',
  about:
    'A gateway waits for a backend as long as the timeout of the route says, and refuses a timeout outside of its limits. If the load balancer, or one behind it, closes an idle connection before the timeout of the route ends, callers get the status 504 of the load balancer: that is a warning.',
  codes: CODES,
  *run(input, say) {
    const balancers = balancersOf(input);
    for (const view of input.integrations) {
      const rule = gatewayTraits(view.link.region.clouds, view.spec.gateway).timeout;
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
  say: Say<typeof CODES>,
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
      const quota = declared < leastMs ? undefined : code;
      return say.OUT_OF_RANGE(
        about,
        { ...params, code, mostStreamedMs },
        {
          evidence,
          words: {
            quota,
            streamedMs: quota === undefined || mostStreamedMs === undefined ? undefined : timeText(mostStreamedMs),
            timeoutMs: timeText(declared),
            leastMs: timeText(leastMs),
            mostMs: timeText(limit),
          },
        },
      );
    }
    if (missing !== undefined)
      return say.QUOTA_NOT_READ(about, params, missing, { evidence, words: { timeoutMs: timeText(declared) } });
  }
  const words = { timeoutMs: timeText(timeoutMs) };
  if (balancer !== undefined && idleMs !== undefined && idleMs < timeoutMs) {
    return say.IDLE_SOONER(
      about,
      { key, timeoutMs, balancer: balancer.name || balancer.id, idleMs, isDeclared: declared !== undefined },
      {
        evidence: [...evidence, balancerEvidence(balancer, `idle timeout ${idleMs} ms`)],
        words: { ...words, idleMs: timeText(idleMs) },
      },
    );
  }
  if (found?.is === 'unknown') {
    return say.IDLE_NOT_READ(about, { key, timeoutMs }, found.missing, { evidence, words });
  }

  return say.TIMEOUT_FITS(about, { key, timeoutMs }, { evidence, words });
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
