import type { CallContext } from '../../ground/calls/call-context.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { throwIfAborted } from '../../ground/clocks/abort.js';
import { abilityOf } from '../abilities.js';
import type { Drivers } from '../context.js';
import { isPosternError, UnsupportedError } from '../../ground/errors.js';
import type { Report } from '../findings/finding.js';
import type { Spec } from '../spec.js';
import type { TestCall, TestCallAnswer } from '../model/reference.js';
import { createCallGateway, type CallGateway } from './call-gateway.js';
import { answered, tested, unanswered, uncalled, type ProbeResult } from './probe-result.js';
import type { ProbeRoute } from './probe-routes.js';

/** A little more than the longest integration timeout of a route that does not stream: 30 seconds. */
export const PROBE_TIMEOUT_MS = 35_000;
/** Calls at once. */
const PROBE_PARALLEL = 8;

/** What calls of routes need. */
export interface RunProbe {
  readonly spec: Spec;
  readonly clouds: Clouds;
  /** The report of the state that the routes were chosen from: it explains failures. */
  readonly report: Report;
  readonly drivers: Drivers;
  readonly context: CallContext;
  /** Default: `createCallGateway()`. */
  readonly callGateway?: CallGateway | undefined;
  /** The longest time of one call, in milliseconds. Default: 35,000. */
  readonly timeoutMs?: number | undefined;
  /** Default: 8. */
  readonly maxParallel?: number | undefined;
  /** Called when a route is done, in the order in which that happens. */
  readonly onResult?: ((result: ProbeResult, done: number, all: number) => void) | undefined;
}

/**
 * Calls routes, a few at once, and returns what became of each, in their order. A call that fails is a result.
 * @throws {PosternError} `ABORTED`
 */
export async function runProbe(routes: readonly ProbeRoute[], options: RunProbe): Promise<readonly ProbeResult[]> {
  const { maxParallel = PROBE_PARALLEL, onResult, context } = options;
  const call = caller(options);
  const results: ProbeResult[] = [];
  let [next, done] = [0, 0];
  const work = async (): Promise<void> => {
    for (let route = routes[next]; route !== undefined; route = routes[next]) {
      const at = next;
      next += 1;
      throwIfAborted('probe', context.signal);
      const result = await call(route);
      results[at] = result;
      done += 1;
      onResult?.(result, done, routes.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxParallel, routes.length) }, work));
  return results;
}

function caller(options: RunProbe): (route: ProbeRoute) => Promise<ProbeResult> {
  const { clouds, report, context, callGateway = createCallGateway(), timeoutMs = PROBE_TIMEOUT_MS } = options;
  return async (route) => {
    const { act, method } = route;
    try {
      if (act.is === 'call') {
        const { url, headers } = act;
        return answered(route, await callGateway({ url, method, headers, timeoutMs }, context.signal), report, clouds);
      }
      if (act.is === 'test') return tested(route, await testCall(route, act.call, options), report);

      return uncalled(route, report);
    } catch (error) {
      throwIfAborted('probe', context.signal);
      if (isPosternError(error)) return unanswered(route, error, report);

      throw error;
    }
  };
}

/** @throws {UnsupportedError} where the adapter has no test call. */
async function testCall(route: ProbeRoute, call: TestCall, options: RunProbe): Promise<TestCallAnswer> {
  const { spec, drivers, context } = options;
  const link = spec.links[route.link];
  if (link === undefined) throw new UnsupportedError('the adapter has no test call');

  return abilityOf(await drivers(link), 'testCalls').testCall(call, context);
}
