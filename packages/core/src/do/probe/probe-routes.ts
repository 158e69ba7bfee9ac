import { entryOf } from '../../ground/json.js';
import type { OnClouds, Clouds } from '../kinds/cloud/clouds.js';
import { checkArgument } from '../forms/check-argument.js';
import { snapshotArgument } from '../snapshot/snapshot-argument.js';
import { givenClouds, givenSpec, type AnySpec } from '../input/given-spec.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import { declaredStages, gatewayId } from '../kinds/gateway/gateway-spec.js';
import { namedAddress, pastCache, publicAddress, type NoAddress } from '../kinds/gateway/gateway-rules.js';
import type { Gateway } from '../model/gateway.js';
import { gatewayRef, linkRef, type GatewayRef, type TestCall } from '../model/reference.js';
import type { Route } from '../model/route.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { sortSnapshot } from '../snapshot/arrange.js';
import { prepare } from '../world/prepare.js';
import { namedAddresses } from '../world/routes/custom-domains.js';
import { snapshotTime } from '../world/derived.js';
import type { IntegrationView } from '../world/views.js';
import { checkProbeOptions, SAFE_METHODS, type ProbeOptions } from './probe-options.js';
import { pathFor, takenByOther } from './call-taker.js';
import { partsOfKey } from './probe-path.js';

/** What is done about one route. */
export type ProbeAct =
  | { readonly is: 'call'; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly is: 'test'; readonly call: TestCall }
  /** It cannot be called, or must not. */
  | ({ readonly is: 'none' } & NoAddress)
  /** Its gateway could not be read. */
  | ({ readonly is: 'unread'; readonly code: ErrorCode } & NoAddress)
  /** It cannot work: the gateway or the route does not exist. */
  | { readonly is: 'missing'; readonly because: string; readonly remedy?: string | undefined };

/** One declared route on one stage, and how it is called. */
export interface ProbeRoute {
  /** Names of the spec. */
  readonly integration: string;
  readonly link: string;
  readonly target: string;
  /** The route key. */
  readonly route: string;
  readonly gateway: GatewayRef;
  /** Undefined where the call does not depend on one. */
  readonly stage?: string | undefined;
  readonly method: string;
  readonly path: string;
  /** Whether callers must be authorized. */
  readonly guarded: boolean;
  /** Why an answer does not show that the backend answered. */
  readonly doubt?: NoAddress | undefined;
  readonly act: ProbeAct;
}

/**
 * How each declared route of a spec is called, in the order of the spec. Nothing is called.
 *
 * ```ts
 * const routes = probeRoutes(snapshot, spec, { clouds });
 * const report = check(snapshot, spec, { clouds });
 * const results = await runProbe(routes, { spec, clouds, report, drivers, context: ctx });
 * ```
 *
 * @throws {InvalidInputError} as `check` does, and `INVALID_INPUT`, `UNKNOWN_REFERENCE` for options.
 */
export function probeRoutes(
  snapshot: Snapshot,
  wanted: AnySpec,
  options: ProbeOptions & OnClouds,
): readonly ProbeRoute[] {
  const clouds = givenClouds('probeRoutes', options);
  const spec = givenSpec('probeRoutes', wanted, clouds);
  checkArgument('probeRoutes', 'snapshot', snapshotArgument, snapshot);
  checkProbeOptions(spec, options);
  const { input } = prepare(sortSnapshot(snapshot), spec, { clouds, now: snapshotTime(snapshot), passes: false });
  const { only } = options;
  return input.integrations.flatMap((view) =>
    Object.entries(view.spec.routes)
      .filter(([key]) => only === undefined || only.includes(view.name) || only.includes(key))
      .flatMap(([key, target]) => routesOf(view, key, target, options)),
  );
}

/** The routes whose calls may change something. */
export function changingRoutes(routes: readonly ProbeRoute[], clouds: Clouds): readonly ProbeRoute[] {
  return routes.filter(({ act, method, gateway }) => {
    if (act.is !== 'call' && act.is !== 'test') return false;

    return sendsRequest(clouds, gateway, act.is) && !SAFE_METHODS.includes(method);
  });
}

/** Whether a call of the gateway, or the cloud's own, sends a request with a method to the backend. */
function sendsRequest(clouds: Clouds, { kind }: GatewayRef, act: 'call' | 'test'): boolean {
  return act === 'call' || clouds.gateway(kind).testCall?.sendsRequest !== false;
}

function routesOf(view: IntegrationView, key: string, target: string, options: ProbeOptions): readonly ProbeRoute[] {
  const { name, spec, gateway } = view;
  const { paths = {}, methods = [], via = 'gateway' } = options;
  const own = partsOfKey(key).method;
  const method = own ?? (methods === 'all' ? undefined : methods[0]) ?? 'GET';
  const base = {
    integration: name,
    link: spec.link,
    target,
    route: key,
    gateway:
      gateway === undefined
        ? { kind: view.link.region.clouds.gatewayKind(spec.gateway), id: gatewayId(spec.gateway) }
        : gatewayRef(gateway),
    method,
    path: paths[key] ?? pathFor(view, key, method),
    guarded: isGuarded(view, key),
  };
  const isAllowed = methods === 'all' || SAFE_METHODS.includes(method) || methods.includes(method);
  if (gateway === undefined) return [{ ...base, act: noGateway(view) }];

  const live = gateway.routes.find((one) => one.key === key);
  if (live === undefined) return [{ ...base, act: noRoute(gateway, key) }];
  if (!isAllowed && sendsRequest(view.link.region.clouds, base.gateway, via === 'gateway' ? 'call' : 'test')) {
    return [{ ...base, act: notAllowed(method) }];
  }

  if (via !== 'gateway') return tests(view, gateway, { ...base, live }, options);

  const taken = takenByOther(view, gateway, base, entryOf(options.hosts ?? {}, gateway.id));
  return taken === undefined ? calls(view, gateway, base, options) : [{ ...base, act: taken }];
}

type Base = Omit<ProbeRoute, 'act' | 'stage'>;

function calls(view: IntegrationView, gateway: Gateway, base: Base, options: ProbeOptions): readonly ProbeRoute[] {
  const { headers = {}, hosts = {} } = options;
  const stages = stagesFor(view, gateway, options);
  if (stages.length === 0) return [{ ...base, act: noStage(gateway, options) }];

  const given = entryOf(hosts, gateway.id);
  const { region, clouds } = view.link.region;
  const { rules } = clouds.gateway(gateway.kind);
  const acts = stages.map((stage): ProbeRoute => {
    const past = pastCache(rules, gateway, stage, base);
    const doubt = 'because' in past ? { doubt: past } : {};
    const passing = 'because' in past ? headers : { ...past.headers, ...headers };
    const address =
      given === undefined ? publicAddress(rules, gateway, region.region, stage) : namedAddress(rules, given, stage);
    if ('because' in address) {
      const named = addressOf(view, gateway, base.path, stage);
      const act = named === undefined ? ({ is: 'none', ...address } as const) : calling(named, passing);
      return { ...base, ...doubt, stage, act };
    }

    return {
      ...base,
      ...doubt,
      stage,
      act: calling(`${address.base}${base.path}`, { ...address.headers, ...passing }),
    };
  });
  // Which stage a base path is mapped to is not known.
  const [first] = acts;
  return given !== undefined && first !== undefined && rules.stage.in === 'path'
    ? [{ ...(acts.find(({ doubt }) => doubt !== undefined) ?? first), stage: undefined }]
    : acts;
}

/** A gateway without an address of its own is called by a custom domain that leads to the stage, and takes callers without certificates. */
function addressOf({ link }: IntegrationView, gateway: Gateway, path: string, wanted: string): string | undefined {
  const { customDomains = [] } = link.region.region;
  return namedAddresses(customDomains, gateway, path).find(
    ({ stage, mutualTls, address }) => stage === wanted && !mutualTls && !address.includes('*'),
  )?.address;
}

function calling(url: string, headers: Readonly<Record<string, string>>): ProbeAct {
  return { is: 'call', url, headers };
}

/** A test call is of the working copy. Stages differ in their variables only. */
function tests(
  view: IntegrationView,
  gateway: Gateway,
  { live, ...base }: Base & { readonly live: Route },
  options: ProbeOptions,
): readonly ProbeRoute[] {
  const { clouds } = view.link.region;
  const { testCall } = clouds.gateway(gateway.kind);
  if (testCall === undefined) {
    const remedy = 'Leave out --via test-call (`via` in a program): the public address is called then.';
    const because = `the cloud has no test call for ${clouds.gateway(gateway.kind).title}`;
    return [{ ...base, act: { is: 'none', because, remedy } }];
  }

  const target = view.targets.find(({ name }) => name === base.target)?.target;
  const call: TestCall = {
    gateway: base.gateway,
    key: base.route,
    link: view.link.link === undefined ? undefined : linkRef(view.link.link),
    targetId: live.targetId ?? target?.id,
    method: base.method,
    path: base.path,
    headers: options.headers,
  };
  if ((live.variables ?? []).length === 0) return [{ ...base, act: { is: 'test', call } }];

  return stagesFor(view, gateway, options).map((stage) => {
    const stageVariables = gateway.stages.find(({ name }) => name === stage)?.variables;
    return { ...base, stage, act: { is: 'test', call: { ...call, stageVariables } } };
  });
}

function stagesFor({ spec }: IntegrationView, gateway: Gateway, { stages }: ProbeOptions): readonly string[] {
  const declared = declaredStages(spec.gateway) ?? gateway.stages.map(({ name }) => name);
  return stages === undefined ? declared : declared.filter((stage) => stages.includes(stage));
}

function isGuarded({ spec, gateway }: IntegrationView, key: string): boolean {
  const { authorizer, apiKey } = spec.settings?.[key] ?? {};
  if ((authorizer !== undefined && authorizer !== 'none') || apiKey === true) return true;

  return gateway?.routes.find((route) => route.key === key)?.open === false;
}

function noGateway({ unresolved }: IntegrationView): ProbeAct {
  const because = unresolved?.message ?? 'the gateway was not read';
  if (unresolved?.verdict === 'fail') return { is: 'missing', because };

  const { code = 'NOT_FOUND', remedy = 'Allow the credentials to read the gateway.' } = unresolved ?? {};
  return { is: 'unread', code, because, remedy };
}

function noRoute({ id }: Gateway, key: string): ProbeAct {
  return {
    is: 'missing',
    because: `gateway ${id} has no route ${key}`,
    remedy: 'Run `postern apply`: it creates the route.',
  };
}

function notAllowed(method: string): ProbeAct {
  return {
    is: 'none',
    because: `${method} may change something`,
    remedy: `Allow it with --method ${method}, or all with --all-methods (\`methods\` in a program).`,
  };
}

function noStage({ id }: Gateway, { stages }: ProbeOptions): ProbeAct {
  return stages === undefined
    ? { is: 'none', because: `gateway ${id} has no stage`, remedy: 'Create a stage, or apply the spec.' }
    : { is: 'none', because: `no stage of the route is ${stages.join(' or ')}`, remedy: 'Name another stage.' };
}
