import { defined } from '../../ground/defined.js';
import { answersTo, rulesOf } from '../../check/path/listener-rules/answers.js';
import type { OnClouds } from '../../do/kinds/cloud/clouds.js';
import { callsOf } from '../../check/path/listener-rules/calls.js';
import { checkArgument } from '../../do/forms/check-argument.js';
import { snapshotArgument } from '../../do/snapshot/snapshot-argument.js';
import { givenClouds, givenSpec, type AnySpec } from '../../do/input/given-spec.js';
import type { ListenerRule } from '../../do/model/load-balancer.js';
import { probeRoutes, type ProbeRoute } from '../../do/probe/probe-routes.js';
import type { ProbeOptions } from '../../do/probe/probe-options.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { Spec } from '../../do/spec.js';
import { snapshotTime } from '../../do/world/derived.js';
import { prepare } from '../../do/world/prepare.js';
import { troubleError } from '../../do/world/resolve/problems.js';
import type { IntegrationView, TargetView } from '../../do/world/views.js';
import { entryOf } from '../../ground/json.js';
import { CloudError, InvalidInputError } from '../../ground/errors.js';
import { fewText } from '../../ground/text/quantities.js';
import type { ShiftRequest } from './move-plan.js';

/** What is to be shifted, by names of a spec. */
export interface ShiftOptions extends Pick<ProbeOptions, 'paths' | 'hosts'> {
  /** The integration, `orders`; of one with several targets `orders/main`. */
  readonly name: string;
  readonly to: string;
  readonly steps: readonly number[];
  /** Of a REST API: the stage whose calls are shifted, and not those of a listener. `to` is then a deployment. */
  readonly stage?: string | undefined;
  /** With `stage`: variables that have other values for its share of the calls. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** The rule of the listener whose calls are shifted: its ARN or priority, or `default`. Undefined: the one that the routes match. */
  readonly rule?: string | undefined;
}

/**
 * What a shift changes: the action of the listener that the calls of an integration get. Pure.
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE`; `AMBIGUOUS` where the calls get several actions; `NOT_FOUND`. {CloudError} the code
 *   of a gap that hides the listener
 */
export function shiftRequest(snapshot: Snapshot, wanted: AnySpec, options: ShiftOptions & OnClouds): ShiftRequest {
  const clouds = givenClouds('shiftRequest', options);
  const spec = givenSpec('shiftRequest', wanted, clouds);
  checkArgument('shiftRequest', 'snapshot', snapshotArgument, snapshot);
  const { name, to, steps, paths, hosts, stage, variables } = options;
  const { input } = prepare(sortSnapshot(snapshot), spec, { clouds, now: snapshotTime(snapshot), passes: false });
  const { view, target } = chosen(input.integrations, name, stage !== undefined);
  const trouble = view.unresolved ?? target?.refused ?? target?.unresolved;
  if (trouble !== undefined) throw troubleError(spec, trouble);

  const routeKeys = target?.routeKeys ?? Object.keys(view.spec.routes);
  const only = routeKeys.length === 0 ? [] : [view.name];
  const stages = stage === undefined ? undefined : [stage];
  const probed = probeRoutes(snapshot, spec, { clouds, only, paths, hosts, stages }).filter(({ route }) =>
    routeKeys.includes(route),
  );
  const calls = probed.flatMap(({ act, doubt, method }) => {
    if (act.is !== 'call' || doubt !== undefined) return [];

    return [{ method, url: act.url, ...(Object.keys(act.headers).length === 0 ? {} : { headers: act.headers }) }];
  });
  const { provider, region } = view.link.region.region;
  const shift = target === undefined ? stageOf(view, stage, variables) : actionOf(view, target, options.rule);
  return { provider, region, shift, name, to, steps, calls, ...(calls.length === 0 && { uncalled: whyNot(probed) }) };
}

/** Why routes are not called: `GET /orders: the answer may come from the cache of stage prod, which keeps it for 60 s`. */
function whyNot(routes: readonly ProbeRoute[]): readonly string[] {
  return routes.flatMap(({ route, act, doubt }) => {
    const because = 'because' in act ? act.because : doubt?.because;
    return because === undefined ? [] : [`${route}: ${because}`];
  });
}

function actionOf(view: IntegrationView, target: TargetView, rule: string | undefined): ShiftRequest['shift'] {
  const { kind = 'target that does not exist', id = '' } = target.target ?? {};
  if (kind === 'listener') {
    return { kind, id, ...defined({ part: partOf(view, target, id, rule) }) };
  }

  // Where nothing behind the gateway shares calls, its routes may.
  const { kind: gateway = '', id: gatewayId = '', routes = [] } = view.gateway ?? {};
  const shared = routes.filter(({ key }) => target.routeKeys.includes(key));
  const ofRoutes = { parts: shared.map((route) => route.id), names: shared.map(({ key }) => key) };
  return { kind: `${gateway} route`, id: gatewayId, ...ofRoutes };
}

/** A stage serves one deployment, whatever its targets are. @throws {InvalidInputError} `NOT_FOUND` */
function stageOf(
  { gateway }: IntegrationView,
  stage: string | undefined,
  variables: ShiftOptions['variables'],
): ShiftRequest['shift'] {
  const { kind = '', id = '', stages = [] } = gateway ?? {};
  if (!stages.some(({ name }) => name === stage)) {
    throw new InvalidInputError('NOT_FOUND', `gateway ${id} has no stage ${stage}`, {
      remedy: `It has ${fewText(stages.map(({ name }) => name)) || 'none'}.`,
    });
  }

  return { kind: `${kind} stage`, id, part: stage, ...defined({ variables }) };
}

/**
 * The part of a spec that a shift reads: one integration and its link.
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE`
 */
export function shiftedSpec(spec: Spec, name: string): Spec {
  const [integration = ''] = name.split('/');
  const declared = entryOf(spec.integrations, integration);
  const link = entryOf(spec.links, declared?.link);
  if (declared === undefined || link === undefined) throw unknown(name, Object.keys(spec.integrations));

  return { ...spec, links: { [declared.link]: link }, integrations: { [integration]: declared } };
}

function unknown(name: string, known: readonly string[]): InvalidInputError {
  return new InvalidInputError('UNKNOWN_REFERENCE', `the spec has no integration or target ${JSON.stringify(name)}`, {
    remedy: `It has ${fewText(known, 10) || 'none'}.`,
  });
}

/** The integration of a name, and its target; a stage is that of the whole integration. @throws {InvalidInputError} */
function chosen(
  views: readonly IntegrationView[],
  name: string,
  whole: boolean,
): { readonly view: IntegrationView; readonly target?: TargetView } {
  const all = views.flatMap((view): readonly { view: IntegrationView; target?: TargetView; path: string }[] =>
    whole
      ? [{ view, path: view.name }]
      : view.targets.map((target) => ({ view, target, path: `${view.name}/${target.name}` })),
  );
  const named = all.filter(({ view, path }) => view.name === name || path === name);
  const [only] = named;
  const paths = (only === undefined ? all : named).map(({ path }) => path);
  if (only === undefined) throw unknown(name, paths);
  if (named.length === 1) return only;

  throw new InvalidInputError('AMBIGUOUS', `integration ${name} has several targets: ${paths.join(', ')}`, {
    remedy: 'Write one of them in place of the integration.',
  });
}

/** The ARN of the rule whose action is shifted; undefined for the default action. */
function partOf(view: IntegrationView, target: TargetView, id: string, named: string | undefined): string | undefined {
  const region = view.link.region;
  const found = region.find('listeners', id);
  const missing = found.is === 'unknown' ? found.missing : undefined;
  if (found.is !== 'found') throw unread(id, missing?.remedy);

  const listener = found.value;
  if (named !== undefined) return ruleNamed(listener.rules ?? [], named);

  const balancer = region.find('loadBalancers', listener.loadBalancerId);
  if (balancer.is !== 'found') throw unread(listener.loadBalancerId, undefined);

  const rules = rulesOf(region, balancer.value, listener);
  if ('what' in rules) throw unread(rules.what, rules.remedy);

  const answers = callsOf(view, target).flatMap((call) => answersTo(listener, rules, call, undefined));
  const [only, ...others] = new Set(answers.map(({ rule }) => rule));
  if (others.length === 0) return only?.id;

  const texts = [only, ...others].map((rule) => (rule === undefined ? 'default' : String(rule.priority)));
  throw new InvalidInputError(
    'AMBIGUOUS',
    `calls of ${view.name} may get the actions of several rules: ${texts.join(', ')}`,
    { remedy: `Name one of them: --rule ${texts[0] ?? 'default'}.` },
  );
}

function ruleNamed(rules: readonly ListenerRule[], named: string): string | undefined {
  if (named === 'default') return undefined;

  const rule = rules.find(({ id, priority }) => id === named || String(priority) === named);
  if (rule !== undefined) return rule.id;

  const has = ['default', ...rules.map(({ priority }) => String(priority))];
  throw new InvalidInputError('NOT_FOUND', `the listener has no rule ${named}`, {
    remedy: `It has ${fewText(has, 10)}.`,
  });
}

function unread(what: string, remedy = 'Allow the credentials to read load balancers, listeners and rules.') {
  return new CloudError('PERMISSION_DENIED', `${what} was not read`, { operation: 'observe', remedy });
}
