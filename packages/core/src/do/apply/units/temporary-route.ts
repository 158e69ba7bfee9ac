import type { CallContext } from '../../../ground/calls/call-context.js';
import { CHANGE_MS } from '../../kinds/gateway/gateway-traits.js';
import { temporaryPath } from '../../kinds/gateway/gateway-spec.js';
import type { RouteRequest } from '../../model/route.js';
import type { Step } from '../../plan/plan.js';
import type { CallGateway } from '../../probe/call-gateway.js';
import type { OpenCall } from '../../world/routes/route-input.js';
import { mayHaveChanged, pause, settle } from '../outcome.js';
import type { StepOutcome } from '../run.js';
import { repeat } from '../repeat.js';
import { untilSeen } from '../unseen.js';
import { judged, notTested, testCall, callRoute, type CallAnswer } from './probe-route.js';
import type { UnitTools } from './unit-tools.js';

/**
 * How long a new route and a new link are called until they carry calls, in milliseconds: six times what changes were seen
 * to take [I]. A link that has just become ready may answer 503 for a while.
 */
const TEST_MS = 30_000;

/** The time until the second look. Each later one comes after twice the time. */
const FIRST_MS = 1_000;

/**
 * Tests a link by a route with a random path: creates it, calls it until what the link leads to answers, and
 * deletes it, also after an abort. Fails with `PROBE_FAILED` where the gateway says that it did not reach the backend. What
 * cannot be determined is reported as progress, and does not fail. Without `call`, the cloud calls it itself.
 */
export async function testByTemporaryRoute(
  step: Step,
  tools: UnitTools,
  request: RouteRequest,
  call: OpenCall | undefined,
): Promise<void> {
  const { run, driver, clouds, callGateway, report, gatewayKey } = tools;
  if (call !== undefined) {
    if ('because' in call) return notTested(step, tools, request, call.because);
    if (callGateway === undefined) return notTested(step, tools, request, 'the run was given no way to call gateways');
  }
  const id = `${step.id}: test of ${request.use.target.id}`;
  const path = await run.step(id, (ctx) => Promise.resolve(temporaryPath(ctx.random)), { part: 'path' });
  const route = call === undefined ? copiedRoute(request, path) : openRoute(request, path);
  const { answer, left } = await callByTemporaryRoute(
    id,
    {
      route,
      create: (ctx) => driver.routes.create(route, ctx),
      way: call === undefined || callGateway === undefined ? 'test-call' : { url: call.base + path, callGateway },
    },
    {
      run,
      driver,
      clouds,
      exclusive: gatewayKey(request.gateway),
      onRetry: (retry) => report(step).retried(retry),
    },
  );
  if (left !== undefined)
    report(step).progress(`the next plan deletes the route of the test, which could not be deleted: ${left}`);
  judged(step, tools, request, answer);
}

/** What identifies a route, and says what it uses. */
export type TestRoute = Pick<RouteRequest, 'gateway' | 'key' | 'link' | 'owner'>;

/** A route that exists for the time of a test, and how it is created and called. */
export interface RouteTest {
  readonly route: TestRoute;
  readonly create: (ctx: CallContext) => Promise<{ readonly id: string } | void>;
  /** At its public address, or by the cloud, which calls it as it is written. */
  readonly way: { readonly url: string; readonly callGateway: CallGateway } | 'test-call';
}

/** What a call by a temporary route works with. */
export interface TemporaryCall extends Pick<UnitTools, 'run' | 'driver' | 'clouds'> {
  /** Writes with the same key never overlap. */
  readonly exclusive: string;
  readonly onRetry: (retry: { readonly message: string; readonly attempt: number }) => void;
}

/**
 * Creates a route, calls it until what the link leads to answers, and deletes it, also after an abort. `left` says why it could
 * not be deleted.
 */
export async function callByTemporaryRoute(
  id: string,
  test: RouteTest,
  tools: TemporaryCall,
): Promise<{ readonly answer: StepOutcome<CallAnswer>; readonly left?: string | undefined }> {
  const { run, exclusive, onRetry } = tools;
  const { route, create } = test;
  let answer: StepOutcome<CallAnswer>;
  let left: string | undefined;
  let known: KnownRoute = 'listed';
  try {
    const effect = async (ctx: CallContext): Promise<string | null> => (await create(ctx))?.id ?? null;
    const made = await repeat(run, `${id}: create`, effect, { exclusive, onRetry });
    if (made.ok && made.value !== null) known = { id: made.value };
    else if (!made.ok && !mayHaveChanged(made.error)) known = 'refused';
    answer = made.ok ? await untilAnswered(id, tools, test) : made;
    if (known !== 'refused') await untilListed(id, tools, route);
  } finally {
    const removed = await remove(id, route, tools, known);
    if (!removed.ok) left = removed.error.message;
  }
  return { answer, left };
}

/** Deletes the route that a test of another process may have left, and what was created for it, once lists must show it. */
export async function deleteTemporaryRoute(
  id: string,
  route: TestRoute,
  tools: Pick<TemporaryCall, 'run' | 'driver' | 'exclusive'>,
): Promise<StepOutcome<string>> {
  await untilListed(id, tools, route);
  return remove(id, route, tools, 'listed');
}

/** How a route is found that is deleted: by its ID, or by lists alone, as one of a process before. One that was refused is in none. */
type KnownRoute = { readonly id: string } | 'listed' | 'refused';

/**
 * Looks once more after it: a list that the deletion read may have been older than the one that showed the route. So the route is
 * read by its ID; where that is not known it is deleted again once lists must show it. A record has the key of the route that is gone.
 */
async function remove(
  id: string,
  { gateway, key, owner, link }: TestRoute,
  { run, driver, exclusive }: Pick<TemporaryCall, 'run' | 'driver' | 'exclusive'>,
  known: KnownRoute,
): Promise<StepOutcome<string>> {
  const by = typeof known === 'string' ? undefined : known;
  const effect = (ctx: CallContext): Promise<string> =>
    driver.routes.delete(gateway, key, owner, ctx, by).then(() => key);
  const goneKey = (ctx: CallContext) =>
    settle(async () => ((await driver.routes.find(gateway, key, ctx, by)) === undefined ? key : null));
  const gone = await repeat(run, `${id}: delete`, effect, { exclusive, cleansUp: true });
  if (!gone.ok) return gone;
  if (known === 'listed') {
    // Only lists show it, and all that they show may be older than what was created.
    await untilSeen(run, `${id}: wait until lists show it`, { boundMs: driver.traits(link.kind).stalenessMs });
    return repeat(run, `${id}: look after it`, effect, { exclusive, cleansUp: true });
  }

  const seen = await run.step<StepOutcome<string | null>>(`${id}: look after it`, goneKey, { cleansUp: true });
  const isLeft = seen.ok && seen.value === null;
  return isLeft ? repeat(run, `${id}: delete again`, effect, { exclusive, cleansUp: true }) : gone;
}

/** A route that leads where `request` does. It has no authorizer, and no parameters: those may name variables of the path. */
export function openRoute({ gateway, link, owner, use, settings = {} }: RouteRequest, path: string): RouteRequest {
  const { host, timeoutMs } = settings;
  return { gateway, link, owner, use, key: `GET ${path}`, settings: { host, timeoutMs, authorizer: 'none' } };
}

/** A copy of a route that the cloud calls: a deployment by another writer publishes it, so callers must be authorized. */
function copiedRoute({ settings = {}, ...request }: RouteRequest, path: string): RouteRequest {
  const { host, timeoutMs, stream } = settings;
  const own = { host, timeoutMs, stream, authorizer: 'iam' };
  return { ...request, key: `GET ${path}`, copies: request.key, settings: own };
}

/**
 * Calls the new route. At a public address it is called once it must be known: before that a route such as `$default` may
 * answer through the old link. An answer of a gateway that does not know it yet, or that does not reach the backend, is not the
 * last one.
 */
async function untilAnswered(id: string, tools: TemporaryCall, test: RouteTest): Promise<StepOutcome<CallAnswer>> {
  const known = await pause(tools.run, `${id}: takes effect`, test.way === 'test-call' ? 0 : CHANGE_MS);
  if (!known.ok) return known;

  let leftMs = TEST_MS;
  for (let attempt = 1, distanceMs = FIRST_MS; ; attempt += 1, distanceMs *= 2) {
    const part = attempt === 1 ? undefined : `call ${attempt}`;
    const answer = await callOnce(`${id}: call`, part, tools, test);
    if (!answer.ok || answer.value.outcome === 'connected') return answer;

    leftMs -= answer.value.tookMs;
    if (leftMs <= 0) return answer;

    const ms = Math.min(distanceMs, leftMs);
    const slept = await pause(tools.run, `${id}: sleep ${attempt}`, ms);
    if (!slept.ok) return slept;

    leftMs -= ms;
  }
}

function callOnce(
  id: string,
  part: string | undefined,
  { run, driver, clouds }: TemporaryCall,
  { route: { gateway, key, link }, way }: RouteTest,
): Promise<StepOutcome<CallAnswer>> {
  if (way !== 'test-call') {
    return callRoute({ run, clouds }, way.callGateway, { id, part, kind: gateway.kind, method: 'GET', url: way.url });
  }

  return testCall({ run, driver }, { gateway, key, link, method: 'GET', path: key.slice('GET '.length) }, { id, part });
}

/** The deletion looks for the route, so it waits until lists show it. */
async function untilListed(
  id: string,
  { run, driver }: Pick<TemporaryCall, 'run' | 'driver'>,
  { gateway, key, link }: TestRoute,
): Promise<void> {
  let leftMs = driver.traits(link.kind).stalenessMs;
  for (let attempt = 1, distanceMs = FIRST_MS; leftMs > 0; attempt += 1, distanceMs *= 2) {
    const part = attempt === 1 ? undefined : `look ${attempt}`;
    const found = await run.step<StepOutcome<boolean>>(
      `${id}: look`,
      (ctx) => settle(async () => (await driver.routes.find(gateway, key, ctx)) !== undefined),
      { part },
    );
    if (!found.ok || found.value) return;

    const ms = Math.min(distanceMs, leftMs);
    const slept = await pause(run, `${id}: sleep before look ${attempt + 1}`, ms);
    if (!slept.ok) return;

    leftMs -= ms;
  }
}
