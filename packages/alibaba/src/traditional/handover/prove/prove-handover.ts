import { defined, InvalidInputError, type CallContext } from '@postern/core/internal/adapter';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedStage } from '../plan/plan-values.js';
import type { HandoverDriver } from '../run/driver.js';
import { stepOf, placeOf, objectsOf } from '../run/objects.js';
import {
  HANDOVER_PROOF_VERSION,
  type CallPinned,
  type HandoverProof,
  type ProvenRoute,
  type ProvenStage,
} from './proof.js';
import { proveRoute } from './prove-route.js';

/** What of a plan exists as planned. An object whose part is missing is missing, too. */
export async function builtOf(
  plan: HandoverPlan,
  stage: PlannedStage,
  driver: Pick<HandoverDriver, 'find'>,
  context: CallContext,
): Promise<{ readonly ids: ReadonlyMap<string, { readonly id: string }>; readonly missing: readonly string[] }> {
  const ids = new Map<string, { readonly id: string }>();
  const missing: string[] = [];
  const place = placeOf(plan, stage, ids);
  for (const object of objectsOf(stage)) {
    const isPossible = neededBy(stage, object).every((step) => ids.has(step));
    const found = isPossible ? await driver.find(object, place, context) : undefined;
    if (found === undefined || found.differs.length > 0) missing.push(stepOf(object));
    else ids.set(stepOf(object), { id: found.id });
  }
  return { ids, missing };
}

/** Lists show what was created some seconds later: what is missing is looked for again. */
const LOOK_MS = 5_000;

/**
 * The same right after a run: looks until everything exists, or until lists must show it.
 * @throws what `builtOf` and the context's signal throw
 */
export async function builtBy(
  plan: HandoverPlan,
  stage: PlannedStage,
  driver: Pick<HandoverDriver, 'find' | 'stalenessMs'>,
  context: CallContext,
): ReturnType<typeof builtOf> {
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    const found = await builtOf(plan, stage, driver, context);
    if (found.missing.length === 0 || waitedMs >= driver.stalenessMs) return found;

    await context.clock.sleep(LOOK_MS, context.signal);
  }
}

/** The steps whose objects an object is found by. */
export function neededBy(stage: PlannedStage, object: ReturnType<typeof objectsOf>[number]): readonly string[] {
  const gateway = stepOf({ kind: 'gateway', name: stage.stage });
  const api = stepOf({ kind: 'api', name: stage.api.name });
  switch (object.kind) {
    case 'gateway':
      return [];
    case 'route':
      return [
        gateway,
        api,
        ...object.domains.map((name) => stepOf({ kind: 'domain', name })),
        ...(object.planned.service === undefined ? [] : [stepOf({ kind: 'service', name: object.planned.service })]),
      ];
    case 'policy':
      return [gateway, stepOf({ kind: object.on, name: object.of })];
    case 'publication':
      return [gateway, api, stepOf({ kind: 'route', name: object.name })];
    case 'authorization':
      return [
        gateway,
        api,
        stepOf({ kind: 'consumer', name: object.consumer }),
        ...object.routes.map((name) => stepOf({ kind: 'route', name })),
      ];
    default:
      return [gateway];
  }
}

/** What a proof works with. */
export interface ProveHandoverOptions {
  readonly context: CallContext;
  /** How gateways are called. */
  readonly call: CallPinned;
  /** Names of routes that may stay unknown, or answer with another header or body: the user consents. */
  readonly accept?: readonly string[] | undefined;
  /** Paths that backends answer, by the name of the route: `{ orders: '/orders/7' }`. By default parameters are `1`. */
  readonly samples?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds since the epoch, by which calls are signed. Default: the context's clock. */
  readonly now?: (() => number) | undefined;
  /** Of one call. Default ten seconds. */
  readonly timeoutMs?: number | undefined;
  /** Called after each route. */
  readonly onRoute?: ((stage: string, route: ProvenRoute) => void) | undefined;
}

/**
 * Calls every route at the target's address with the production host, while all callers still come to the classic group, and
 * compares the answers of both. Only methods that change nothing are sent. What cannot be called is `unknown`, and needs consent.
 * @throws {InvalidInputError} `INVALID_INPUT` for a route that the plan does not have. {CloudError} of the reads.
 */
export async function proveHandover(
  plan: HandoverPlan,
  driver: HandoverDriver,
  options: ProveHandoverOptions,
): Promise<HandoverProof> {
  const { context, accept = [], samples = {} } = options;
  requireRoutes(plan, [...accept, ...Object.keys(samples)]);
  const stages: ProvenStage[] = [];
  for (const stage of plan.stages) stages.push(await proveStage(plan, stage, driver, options));
  return {
    version: HANDOVER_PROOF_VERSION,
    kind: 'handover-proof',
    handover: plan.handover,
    fingerprint: plan.fingerprint,
    provenAt: new Date(context.clock.now()).toISOString(),
    ready: stages.every(
      ({ missing, routes }) =>
        missing.length === 0 && routes.every(({ verdict }) => verdict === 'proven' || verdict === 'accepted'),
    ),
    stages,
  };
}

function requireRoutes({ stages }: HandoverPlan, names: readonly string[]): void {
  const known = new Set(stages.flatMap(({ routes }) => routes.map(({ name }) => name)));
  const other = names.find((name) => !known.has(name));
  if (other === undefined) return;

  throw new InvalidInputError('INVALID_INPUT', `the plan has no route ${other}`, {
    remedy: `Name one of ${[...known].slice(0, 10).join(', ')}.`,
  });
}

async function proveStage(
  plan: HandoverPlan,
  stage: PlannedStage,
  driver: HandoverDriver,
  options: ProveHandoverOptions,
): Promise<ProvenStage> {
  const { context, call, accept = [], samples = {}, timeoutMs = 10_000, onRoute } = options;
  const { ids, missing } = await builtBy(plan, stage, driver, context);
  const gatewayId = ids.get(stepOf({ kind: 'gateway', name: stage.stage }))?.id;
  const address = gatewayId === undefined ? undefined : await driver.address(gatewayId, context);
  const services: ProvenStage['services'][number][] = [];
  for (const { name } of stage.services) {
    const found = ids.get(stepOf({ kind: 'service', name }));
    services.push({ name, health: found === undefined ? 'unknown' : await driver.health(found.id, context) });
  }
  const [domain] = stage.domains;
  const record = stage.records.find(({ name }) => name === domain?.name);
  const routes: ProvenRoute[] = [];
  for (const route of stage.routes) {
    const consumer = stage.consumers.find(
      (one) => one.enabled && one.appId !== undefined && one.routes.includes(route.name),
    );
    const base = { route: route.name, key: route.key };
    const isBuilt = ids.has(stepOf({ kind: 'publication', name: route.name }));
    const proven: ProvenRoute =
      address === undefined || !isBuilt
        ? { ...base, verdict: 'failed', code: 'NOT_BUILT', message: 'it is not published on the target' }
        : domain === undefined
          ? {
              ...base,
              verdict: 'unknown',
              code: 'NO_DOMAIN',
              message: 'the group has no domain that both gateways serve',
            }
          : await proveRoute(route, {
              driver,
              call,
              context,
              now: options.now ?? (() => context.clock.now()),
              timeoutMs,
              host: domain.name,
              protocol: domain.protocol === 'HTTPS' ? 'https' : 'http',
              target: address,
              classic: record?.from.value,
              appId: consumer?.appId,
              sample: samples[route.name],
            });
    const last: ProvenRoute =
      isAcceptable(proven) && accept.includes(route.name) ? { ...proven, verdict: 'accepted' } : proven;
    routes.push(last);
    onRoute?.(stage.stage, last);
  }
  return { stage: stage.stage, ...defined({ gatewayId, address }), missing, services, routes };
}

/** What a user may consent to: what is not known, and answers that differ in a header or the body. */
const isAcceptable = ({ verdict, code }: ProvenRoute): boolean =>
  verdict === 'unknown' || code === 'HEADERS_DIFFER' || code === 'BODY_DIFFERS';
