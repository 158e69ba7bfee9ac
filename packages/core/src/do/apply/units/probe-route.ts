import type { RouteRequest } from '../../model/route.js';
import type { Step } from '../../plan/plan.js';
import { SAFE_METHODS } from '../../probe/probe-options.js';
import { partsOfKey, placeholderPath } from '../../probe/probe-path.js';
import type { StepOutcome } from '../run.js';
import { failing, valueOf } from '../step.js';
import type { UnitTools } from './unit-tools.js';
import { CHANGE_MS } from '../../kinds/gateway/gateway-traits.js';
import type { OpenCall } from '../../world/routes/route-input.js';
import { pause, settle } from '../outcome.js';
import type { TestCall, TestCallAnswer } from '../../model/reference.js';
import { madeAnswer } from '../../kinds/cloud/gateway-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { CallContext } from '../../../ground/calls/call-context.js';
import { elapsedMs } from '../../../ground/clocks/real-clock.js';
import type { GatewayKind } from '../../model/gateway-kind.js';
import type { CallGateway, GatewayAnswer } from '../../probe/call-gateway.js';
import { PROBE_TIMEOUT_MS } from '../../probe/run-probe.js';

const NO_TEST: TestCallAnswer = { outcome: 'unknown', because: 'the adapter has no test call' };

/** Has the cloud call a route once, as a step of its own. */
export function testCall(
  tools: Pick<UnitTools, 'run' | 'driver'>,
  call: TestCall,
  step: Pick<RouteCall, 'id' | 'part'>,
): Promise<StepOutcome<CallAnswer>> {
  return timedCall(tools, step, async (ctx) => (await tools.driver.testCalls?.testCall(call, ctx)) ?? NO_TEST);
}

/** A route, and what it leads to through its link. */
export type TestedBackend = Pick<RouteRequest, 'gateway' | 'key' | 'link'> & { readonly targetId: string };

/**
 * Has the cloud call the backend of a route through its new link. Fails with `PROBE_FAILED` where the cloud says that it
 * was not reached. What cannot be determined is reported as progress, and does not fail.
 */
export async function probeRoute(
  step: Step,
  tools: UnitTools,
  tested: TestedBackend,
  part = `probe ${tested.targetId}`,
): Promise<void> {
  const { gateway, key, link, targetId } = tested;
  const method = partsOfKey(key).method ?? 'GET';
  const sends = tools.clouds.gateway(gateway.kind).testCall?.sendsRequest === true;
  if (sends && !SAFE_METHODS.includes(method)) return notTested(step, tools, tested, mayChangeSomething(method));

  const call = { gateway, key, link, targetId, method, path: placeholderPath(key) };
  judged(step, tools, tested, await testCall(tools, call, { id: step.id, part }));
}

/** What decides of an answer. */
type Answer = Pick<CallAnswer, 'outcome' | 'because'>;

/** A test of a link before routes use it, or a call of a route that has moved to it. */
type Trial = 'test' | 'call';

/** Why a route with such a method is not called. */
function mayChangeSomething(method: string): string {
  return `a ${method} request may change something`;
}

/** Reports that a route is not tested, which does not stop it. */
export function notTested(
  step: Step,
  { report }: Pick<UnitTools, 'report'>,
  { link }: Pick<RouteRequest, 'link'>,
  because: string,
  what: Trial = 'test',
): void {
  report(step).progress(`not ${what}ed through link ${link.id}: ${because}`);
}

/** Reports what a test showed. @throws {FailedStep} for a backend that was not reached, and an abort */
export function judged(
  step: Step,
  { report }: Pick<UnitTools, 'report'>,
  request: Pick<RouteRequest, 'key' | 'link'>,
  answer: StepOutcome<Answer>,
  what: Trial = 'test',
): void {
  const { key, link } = request;
  if (!answer.ok && answer.error.code !== 'ABORTED')
    return report(step).progress(`the ${what} through link ${link.id} could not be made: ${answer.error.message}`);

  const { outcome, because } = valueOf(answer);
  report(step).progress(`${what} through link ${link.id}: ${outcome}: ${because}`);
  if (outcome === 'failed')
    throw failing('PROBE_FAILED', `the backend of ${key} was not reached through link ${link.id}: ${because}`);
}

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
): Promise<void> {
  const { run, callGateway } = tools;
  const { gateway, key } = request;
  const method = partsOfKey(key).method ?? 'GET';
  // The test before the move has reported that.
  if (callGateway === undefined) return;
  if ('because' in call) return notTested(step, tools, request, call.because, 'call');
  if (!SAFE_METHODS.includes(method)) return notTested(step, tools, request, mayChangeSomething(method), 'call');

  const id = `${step.id}: call`;
  const url = call.base + placeholderPath(key);
  for (let attempt = 1; ; attempt += 1) {
    valueOf(await pause(run, `${id}: sleep ${attempt}`, attempt === 1 ? CHANGE_MS : DISTANCE_MS));
    const part = attempt === 1 ? undefined : `call ${attempt}`;
    const answer = await callRoute(tools, callGateway, { id, part, kind: gateway.kind, method, url });
    const isLast = !answer.ok || answer.value.outcome !== 'failed' || attempt === CALLS;
    if (isLast) return judged(step, tools, request, answer, 'call');
  }
}

/** What one call of a route showed of its link, and how long it took. */
export type CallAnswer = {
  readonly outcome: TestCallAnswer['outcome'];
  readonly because: string;
  readonly tookMs: number;
};

/** One call of a gateway, as a step of its own. */
interface RouteCall {
  readonly id: string;
  readonly part?: string | undefined;
  readonly kind: GatewayKind;
  readonly method: string;
  readonly url: string;
}

/** Calls a route once. A call without an answer is an error in the outcome. */
export function callRoute(
  tools: Pick<UnitTools, 'run' | 'clouds'>,
  callGateway: CallGateway,
  { id, part, kind, method, url }: RouteCall,
): Promise<StepOutcome<CallAnswer>> {
  return timedCall(tools, { id, part }, async (ctx) =>
    meaningOf(tools.clouds, kind, await callGateway({ url, method, timeoutMs: PROBE_TIMEOUT_MS }, ctx.signal)),
  );
}

/** A call as a step of its own, and how long it took. The journal keeps what it showed, and not what was answered. */
function timedCall(
  { run }: Pick<UnitTools, 'run'>,
  { id, part }: Pick<RouteCall, 'id' | 'part'>,
  call: (ctx: CallContext) => Promise<Pick<CallAnswer, 'outcome' | 'because'>>,
): Promise<StepOutcome<CallAnswer>> {
  const effect = async (ctx: CallContext): Promise<CallAnswer> => {
    const startMs = ctx.clock.monotonicMs();
    const { outcome, because } = await call(ctx);
    return { outcome, because, tookMs: elapsedMs(ctx.clock, startMs) };
  };
  return run.step<StepOutcome<CallAnswer>>(id, (ctx) => settle(() => effect(ctx)), { part });
}

/**
 * Any answer of what the link leads to proves it: of a backend, or of a load balancer. The body of a 504 of an HTTP API is
 * not documented, so it does not show who answered.
 */
function meaningOf(clouds: Clouds, kind: GatewayKind, answer: GatewayAnswer): Pick<CallAnswer, 'outcome' | 'because'> {
  const { status } = answer;
  const ownAnswer = clouds.gateway(kind).rules.madeAnswer(answer, {});
  if (ownAnswer !== undefined)
    return { outcome: ownAnswer.fault === 'backend' ? 'failed' : 'unknown', because: ownAnswer.because };

  const { because } = madeAnswer(clouds, kind, answer) ?? {};
  if (because !== undefined) return { outcome: 'connected', because };
  if (status === 504) return { outcome: 'unknown', because: 'status 504 does not show who answered' };

  return { outcome: 'connected', because: `the backend answered with status ${status}` };
}
