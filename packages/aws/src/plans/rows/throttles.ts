import { canonicalJson } from '@postern/core/adapter';
import { type Place, type Row, UnknownAttribute, type View } from '@postern/core/overlay';
import type { Gateway, Stage, Throttle } from '@postern/core/snapshot';
import {
  ALL_METHODS,
  callsOf,
  methodOf,
  routeThrottles,
  settingsKey,
  throttleIn,
} from '../../cloud/method-throttles.js';
import { AWS } from './wanted.js';

type Throttles = Pick<Stage, 'throttle' | 'throttles'>;

/**
 * The throttles of a stage of an HTTP or WebSocket API. A block without a limit sets it to 0, with which the gateway refuses each
 * call. A state has 0, too, where a stage has no limit: what the plan does not change is as the snapshot shows it, or not read. A
 * plan without a block for all routes leaves their throttle as it is.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigatewayv2/stage.go
 * @see https://github.com/pulumi/pulumi-aws/issues/2363
 */
export function stageThrottles(view: View, place: Place, known: Stage | undefined): Throttles {
  const read = <T>(name: string, found: T | undefined, of: (blocks: readonly View[]) => T): T | undefined => {
    const blocks = view.blocks(name);
    if (isNew(view, name)) {
      for (const block of blocks) noteUnset(block, place);
      return of(blocks);
    }
    return found ?? (blocks.some(isZero) ? undefined : of(blocks));
  };
  const { throttle, throttles } = known ?? {};
  return (
    ifKnown(view, place, () => ({
      throttle: read('default_route_settings', throttle, ([block]) =>
        block === undefined ? (throttle ?? {}) : limitsIn(block, 0),
      ),
      throttles: read('route_settings', throttles, (blocks) =>
        blocks.map((one) => ({ key: one.needed('route_key'), throttle: limitsIn(one, 0) })),
      ),
    })) ?? { throttle: undefined, throttles: undefined }
  );
}

function isNew({ instance: { before, after }, when }: View, name: string): boolean {
  return (
    when === 'after' &&
    (before === undefined || canonicalJson(before[name] ?? null) !== canonicalJson(after?.[name] ?? null))
  );
}

function noteUnset(block: View, { note }: Place): void {
  for (const limit of ['throttling_rate_limit', 'throttling_burst_limit']) {
    if (block.number(limit) !== undefined) continue;
    const { address, attribute } = block.unknown(limit, []);
    note(`${address}.${attribute} is not set: the provider sends 0, with which the gateway refuses each call`);
  }
}

function isZero(block: View): boolean {
  const { rate, burst } = limitsIn(block, 0);
  return rate === 0 && burst === 0;
}

/**
 * Settings of one method of a REST API, or of all (`*\/*`).
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_method_settings
 */
export const methodSettingsRow: Row = {
  list: 'gateways',
  isPart: true,
  owner: (view) => view.ref('rest_api_id', AWS.api),
  add: (view, place) => {
    const [block] = view.blocks('settings');
    limit(view, place, block === undefined ? {} : ifKnown(view, place, () => limitsIn(block, -1)));
  },
  remove: (view, place) => limit(view, place, {}),
};

/** Undefined limits: not known. */
function limit(view: View, { draft }: Place, limits: Throttle | undefined): void {
  const name = view.needed('stage_name');
  const method = view.needed('method_path');
  draft.patch('gateways', view.neededRef('rest_api_id', AWS.api), (gateway) => ({
    stages: gateway.stages.map((one) =>
      one.name === name ? { ...one, ...limited(gateway, one, method, limits) } : one,
    ),
  }));
}

function limited({ routes }: Gateway, stage: Stage, method: string, limits: Throttle | undefined): Throttles {
  if (method === ALL_METHODS) return { throttle: limits };
  const { throttles } = stage;
  if (throttles === undefined || limits === undefined) return { throttles: undefined };
  const methods = routes.map(({ key }) => methodOf(key));
  const found = new Map(
    throttles.flatMap(({ key, throttle = {} }) =>
      callsOf(methodOf(key), methods).map((one) => [one, throttle] as const),
    ),
  );
  found.delete(settingsKey(method));
  if (Object.keys(limits).length > 0) found.set(settingsKey(method), limits);
  // Those of a route for all methods stay besides: others of the plan may follow.
  for (const { key, throttle = {} } of routeThrottles(found, methods)) found.set(key, throttle);
  return { throttles: [...found].map(([key, throttle]) => ({ key, throttle })) };
}

/** The limits of a block; `absent`: what the provider sends for one that is not set. Below 0: no limit. */
function limitsIn(block: View, absent: number): Throttle {
  return throttleIn({
    throttlingRateLimit: block.number('throttling_rate_limit') ?? absent,
    throttlingBurstLimit: block.number('throttling_burst_limit') ?? absent,
  });
}

/** A throttle that is known after the apply decides no verdict: most routes with it work. */
function ifKnown<T extends object>(view: View, { note }: Place, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnknownAttribute)) throw error;
    note(`${error.said(view.lookup.words.later)}: this throttle is not judged`);
    return undefined;
  }
}
