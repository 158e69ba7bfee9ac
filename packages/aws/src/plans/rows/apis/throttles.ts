import { canonicalJson, type Stage, type Throttle } from '@postern/core/internal/adapter';
import { type Place, UnknownAttribute, type View } from '@postern/core/internal/overlay';
import { throttleIn } from '../../../cloud/throttle.js';

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

/** The limits of a block; `absent`: what the provider sends for one that is not set. Below 0: no limit. */
export function limitsIn(block: View, absent: number): Throttle {
  return throttleIn({
    throttlingRateLimit: block.number('throttling_rate_limit') ?? absent,
    throttlingBurstLimit: block.number('throttling_burst_limit') ?? absent,
  });
}

/** A throttle that is known after the apply decides no verdict: most routes with it work. */
export function ifKnown<T extends object>(view: View, { note }: Place, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnknownAttribute)) throw error;

    note(`${error.said(view.lookup.words.later)}: this throttle is not judged`);
    return undefined;
  }
}
