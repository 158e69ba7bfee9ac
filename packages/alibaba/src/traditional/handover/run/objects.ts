import type { PlannedConsumer, PlannedStage } from '../plan/plan-values.js';
import type { BuiltPolicy, HandoverObject, HandoverKind, HandoverPlace } from './driver.js';
import { PosternError } from '@postern/core/internal/adapter';
import type { HandoverPlan } from '../plan/fingerprint.js';

/**
 * What is built for a stage, in this order: all routes are complete with their policies before the first is published, and are
 * authorized after that, because the service refuses to authorize a route that is not published. Domains exist before the routes
 * that are published at them; no record of DNS leads to the target before the switch.
 */
export function objectsOf(stage: PlannedStage): readonly HandoverObject[] {
  const { gateway, api, services, routes, consumers, domains, rules } = stage;
  const names = domains.map(({ name }) => name);
  return [
    { kind: 'gateway', name: stage.stage, planned: gateway },
    ...rules.map((planned) => ({ kind: 'rule', name: planned.description, planned }) as const),
    ...services.flatMap((planned): readonly HandoverObject[] => [
      { kind: 'service', name: planned.name, planned },
      ...policiesOf(planned.policies).map(
        ([name, policy]) =>
          ({
            kind: 'policy',
            name: `${planned.name} ${name}`,
            planned: policy,
            on: 'service',
            of: planned.name,
          }) as const,
      ),
    ]),
    ...domains.map((planned) => ({ kind: 'domain', name: planned.name, planned }) as const),
    { kind: 'api', name: api.name, planned: api },
    ...routes.flatMap((route): readonly HandoverObject[] => [
      { kind: 'route', name: route.name, planned: route, domains: names },
      ...policiesOf([
        ...route.policies,
        ...(route.mock === undefined ? [] : [MOCK]),
        ...(route.signed ? [SIGNED] : []),
        ...(route.guard === 'jwtAuth' ? [TOKEN] : []),
      ]).map(
        ([name, planned]) =>
          ({ kind: 'policy', name: `${route.name} ${name}`, planned, on: 'route', of: route.name, route }) as const,
      ),
    ]),
    ...routes.map(({ name }) => ({ kind: 'publication', name }) as const),
    ...consumers.map((planned) => ({ kind: 'consumer', name: planned.name, planned }) as const),
    ...consumers.flatMap(authorizationsOf),
  ];
}

/** Rules in one call: as many as a page of the service has [I]. */
const RULES_AT_ONCE = 100;

/** What a consumer may call, in parts that one call creates: `webshop`, `webshop 2`. */
function authorizationsOf({ name, routes }: PlannedConsumer): readonly HandoverObject[] {
  return Array.from({ length: Math.ceil(routes.length / RULES_AT_ONCE) }, (_, at) => ({
    kind: 'authorization',
    name: at === 0 ? name : `${name} ${at + 1}`,
    consumer: name,
    routes: routes.slice(at * RULES_AT_ONCE, (at + 1) * RULES_AT_ONCE),
  }));
}

/** The type of the consumers' keys. The class and its first members are in the official models; the value is [I]. */
const SIGNED: BuiltPolicy = { class: 'Authentication', settings: { enable: true, authType: 'AkSk' } };

/** The same of callers with a token. */
const TOKEN: BuiltPolicy = { class: 'Authentication', settings: { enable: true, authType: 'Jwt' } };

/** The answer of a mock: its body is read from the classic service when it is built. */
const MOCK: BuiltPolicy = { class: 'DirectResponse', settings: { enable: true }, valuesOf: ['body'] };

/** Names of policies: the class, and a number where there are several of it. */
function policiesOf(policies: readonly BuiltPolicy[]): readonly (readonly [string, BuiltPolicy])[] {
  const seen = new Map<string, number>();
  return policies.map((policy) => {
    const count = (seen.get(policy.class) ?? 0) + 1;
    seen.set(policy.class, count);
    return [count === 1 ? policy.class : `${policy.class} ${count}`, policy];
  });
}

/**
 * Rules whose objects a run does not create: their keys are not documented, a plug-in of the market is needed, or a consumer of
 * another kind. A limit that RateLimit has leaves no task.
 */
const NOT_BUILT: ReadonlySet<string> = new Set([
  'api/app-code',
  'api/open-id',
  'group/custom-app-code',
  'network/entrance-control',
  'plugin/circuit-breaker',
  'plugin/error-mapping',
  'plugin/routing',
  'plugin/traffic-control',
  'plugin/transformer',
  'throttle/policy',
]);

/** What a run leaves to do by hand, one sentence each. The plan has more that others do, such as owners of backends. */
export function notBuilt({ stage, todos, routes }: PlannedStage): readonly string[] {
  return [
    ...routes.flatMap(({ name, guard }) =>
      guard === undefined || guard === 'jwtAuth'
        ? []
        : [`${stage}: ${name} is open to everyone: ${guard} is not built. Install its counterpart, and prove.`],
    ),
    ...todos
      .filter(({ rule }) => NOT_BUILT.has(rule))
      .map(({ subject, text }) => `${stage}: ${subject} is not built. ${text}`),
  ];
}

/** The name of an object among all of a stage, and the ID of its step: `route orders`. */
export const stepOf = ({ kind, name }: Pick<HandoverObject, 'kind' | 'name'>): string => `${kind} ${name}`;

/** Where the objects of a stage are; `ids` are those that exist, by {@link stepOf}. Its reads end with it. */
export function placeOf(
  { handover, group }: HandoverPlan,
  { stage, api }: PlannedStage,
  ids: ReadonlyMap<string, { readonly id: string; readonly created?: boolean }>,
): HandoverPlace {
  const idOf = (kind: HandoverKind, name: string): string => {
    const found = ids.get(stepOf({ kind, name }));
    if (found === undefined) throw new PosternError('INTERNAL', `${kind} ${name} was not built before`);

    return found.id;
  };
  return {
    handover,
    groupId: group.id,
    stage,
    idOf,
    get gatewayId() {
      return idOf('gateway', stage);
    },
    get apiId() {
      return idOf('api', api.name);
    },
    knows: (kind, name) => ids.has(stepOf({ kind, name })),
    isNew: (kind, name) => ids.get(stepOf({ kind, name }))?.created === true,
    once: readsOnce(),
  };
}

function readsOnce(): HandoverPlace['once'] {
  const reads = new Map<string, Promise<unknown>>();
  return <T>(key: string, read: () => Promise<T>, fresh = false): Promise<T> => {
    const before = fresh ? undefined : (reads.get(key) as Promise<T> | undefined);
    if (before !== undefined) return before;

    const now = read();
    reads.set(key, now);
    now.catch(() => reads.delete(key));
    return now;
  };
}
