import { CHANGE_MS } from '../../kinds/gateway/change-time.js';
import type { RouteRequest } from '../../model/route.js';
import type { Step } from '../../plan/plan.js';
import { SAFE_METHODS } from '../../probe/probe-options.js';
import { partsOfKey, placeholderPath } from '../../probe/probe-path.js';
import type { OpenCall } from '../../world/routes/route-input.js';
import { pause } from '../outcome.js';
import { type StepOutcome } from '../run.js';
import { callRoute } from './call-route.js';
import { judged, mayChangeSomething, notTested } from './probe-route.js';
import type { UnitTools } from './unit-tools.js';

/** How often a route is called before it is written back: one answer may be of a moment. */
const CALLS = 3;
const DISTANCE_MS = 1_000;

/**
 * Calls a route that moved to another link, once the change must have taken effect: an earlier answer may be that of the
 * old link. Outcomes are as those of the test before.
 */
export async function probeMovedRoute(
  step: Step,
  tools: UnitTools,
  request: RouteRequest,
  call: OpenCall,
): Promise<StepOutcome<null>> {
  const { run, callGateway } = tools;
  const { gateway, key } = request;
  const method = partsOfKey(key).method ?? 'GET';
  // The test before the move has reported that.
  if (callGateway === undefined) return { ok: true, value: null };
  if ('because' in call) return notTested(step, tools, request, call.because, 'call');
  if (!SAFE_METHODS.includes(method)) return notTested(step, tools, request, mayChangeSomething(method), 'call');
  const id = `${step.id}: call`;
  const url = call.base + placeholderPath(key);
  for (let attempt = 1; ; attempt += 1) {
    const slept = await pause(run, `${id}: sleep ${attempt}`, attempt === 1 ? CHANGE_MS : DISTANCE_MS);
    if (!slept.ok) return slept;
    const part = attempt === 1 ? undefined : `call ${attempt}`;
    const answer = await callRoute(tools, callGateway, { id, part, kind: gateway.kind, method, url });
    const isLast = !answer.ok || answer.value.outcome !== 'failed' || attempt === CALLS;
    if (isLast) return judged(step, tools, request, answer, 'call');
  }
}
