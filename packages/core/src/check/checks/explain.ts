import { entryOf } from '../../ground/json.js';
import { strict } from '../../do/forms/form.js';
import { checkArgument } from '../../do/forms/check-argument.js';
import { explainShape, type ExplainOptions, type Explanation } from '../../do/findings/explanation.js';
import { snapshotArgument } from '../../do/snapshot/snapshot-argument.js';
import { givenClouds, givenSpec, type AnySpec } from '../../do/input/given-spec.js';
import type { OnClouds } from '../../do/kinds/cloud/clouds.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Spec } from '../../do/spec.js';
import { nearest } from '../../ground/text/nearest.js';
import type { FailedFinding } from '../../do/findings/finding.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import { withLiveHops } from './live-remedy.js';
import { explainIntegration } from './path/explain-integration.js';
import { countedCheck } from './run.js';
import { gatewayTraits } from '../../do/kinds/cloud/gateway-kinds.js';
import { gatewayId } from '../../do/kinds/gateway/gateway-spec.js';
import { servingKey } from '../../do/kinds/gateway/serving-route.js';
import type { Route } from '../../do/model/route.js';
import type { IntegrationView } from '../../do/world/views.js';
import { snapshotTime } from '../../do/world/derived.js';
import { prepare } from '../../do/world/prepare.js';

const explainOptions = strict<ExplainOptions>()(explainShape);

/**
 * Explains the path of an integration's calls to its targets, hop by hop, with the rule, route or entry that
 * decides at each. Pure.
 *
 * ```ts
 * const [orders] = explain(snapshot, spec, { clouds, integration: 'orders', route: 'GET /orders' });
 * for (const { hop, verdict, text } of orders?.paths[0]?.hops ?? []) console.log(hop, verdict, text);
 * ```
 *
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE` for an integration or a route that the spec does not have;
 *   as `check` does.
 */
export function explain(
  snapshot: Snapshot,
  wanted: AnySpec,
  options: ExplainOptions & OnClouds,
): readonly Explanation[] {
  const clouds = givenClouds('explain', options);
  const spec = givenSpec('explain', wanted, clouds);
  checkArgument('explain', 'snapshot', snapshotArgument, snapshot);
  checkArgument('explain', 'options', explainOptions, options, { open: true });
  const sorted = sortSnapshot(snapshot);
  const now = options.now ?? snapshotTime(snapshot);
  const named = routesOf(spec, options, () => prepare(sorted, spec, { clouds, now, passes: false }).input.integrations);
  const found = named.flatMap(({ name, key }) => {
    const part = only(spec, name);
    const { input } = prepare(sorted, part, { clouds, now, passes: true });
    const { failures } = countedCheck(sorted, part, {
      clouds,
      now,
      passes: false,
      sorted: true,
      live: options.live,
    }).report;
    return input.integrations
      .flatMap((integration) => explainIntegration(input, integration, key))
      .map((one) => withFailures(one, failures));
  });
  return options.live === true ? found.map(withLiveHops) : found;
}

/** Families of checks about what no path shows. What is wrong with a target is on its path. */
const ELSEWHERE = /^(?:link|gateway|cidr)\//;

/** With the failures that no path shows: an open path is of no use where its link would not work. */
function withFailures(explained: Explanation, failures: readonly FailedFinding[]): Explanation {
  const { route, target } = explained;
  const named = (kind: string, { about }: FailedFinding): string | undefined =>
    about.find((one) => one.kind === kind)?.id;
  const own = failures.filter((one) => {
    const isOther = [named('route', one) ?? route, named('target', one) ?? target].join() !== [route, target].join();
    return one.severity === 'error' && one.mendedBy === undefined && ELSEWHERE.test(one.check) && !isOther;
  });
  return own.length === 0 ? explained : { ...explained, failures: own };
}

interface Named {
  readonly name: string;
  readonly key?: string | undefined;
}

/** The integrations that are explained; of each a route, or all. */
function routesOf(
  { integrations }: Spec,
  { integration: name, route }: ExplainOptions,
  views: () => readonly IntegrationView[],
): readonly Named[] {
  const declared = name === undefined ? undefined : entryOf(integrations, name);
  if (name !== undefined && declared === undefined)
    throw unknown('the spec has no integration', name, Object.keys(integrations));
  if (route === undefined)
    return (name === undefined ? Object.keys(integrations) : [name]).map((one) => ({ name: one }));
  if (name !== undefined && Object.hasOwn(declared?.routes ?? {}, route)) return [{ name, key: route }];

  const all = views();
  const found = serving(all, route, name);
  if (found.length > 0) return found;

  const keys =
    name === undefined ? all.flatMap(({ spec }) => Object.keys(spec.routes)) : Object.keys(declared?.routes ?? {});
  throw unknown(name === undefined ? 'the spec has no route' : `${name} has no route`, route, [...new Set(keys)]);
}

/**
 * On each gateway the route of the spec that takes a call, of those that the gateway has or gets.
 * @throws {InvalidInputError} where a route that is not of the spec, or of another integration, takes it on each of them
 */
function serving(views: readonly IntegrationView[], route: string, only: string | undefined): readonly Named[] {
  const wanted = views.filter(({ name }) => only === undefined || name === only);
  const found: Named[] = [];
  let taken: InvalidInputError | undefined;
  for (const id of new Set(wanted.map(({ spec }) => gatewayId(spec.gateway)))) {
    const of = views.filter(({ spec }) => gatewayId(spec.gateway) === id);
    const live = of.find(({ gateway }) => gateway !== undefined)?.gateway?.routes ?? [];
    const declared = of.flatMap(({ name, spec }) => Object.keys(spec.routes).map((key) => ({ name, key })));
    const traits = of.map(({ link, spec }) => gatewayTraits(link.region.clouds, spec.gateway))[0] ?? {};
    const own = declared.filter(({ name }) => only === undefined || name === only);
    const takes = (some: readonly { readonly key: string }[]): string | undefined =>
      servingKey(
        route,
        some.map((one) => one.key),
        traits,
      );
    if (takes(own) === undefined) continue;

    const key = takes([...declared, ...live]);
    const routes = declared.filter((one) => one.key === key);
    const explained = own.filter((one) => one.key === key);
    found.push(...explained);
    const other = live.find((one) => one.key === key);
    if (explained.length === 0) taken ??= takenBy(route, id, key ?? '', routes[0]?.name, other);
  }
  if (found.length === 0 && taken !== undefined) throw taken;

  return found;
}

/** Another route takes a call than the one that was asked about. */
function takenBy(
  call: string,
  gateway: string,
  key: string,
  integration: string | undefined,
  { targetId, linkId }: Partial<Route> = {},
): InvalidInputError {
  const by = linkId === undefined ? '' : ` by link ${linkId}`;
  const to = targetId === undefined ? 'whose target is not in a network that was read' : `which calls ${targetId}${by}`;
  const message = `route ${key} of ${gateway} takes ${call}`;
  return integration === undefined
    ? new InvalidInputError('UNKNOWN_REFERENCE', `${message}, ${to}, and the spec does not have it`, {
        remedy: `Declare ${key}: \`postern import\` writes it as it is. Or explain a call that a route of the spec takes.`,
      })
    : new InvalidInputError('UNKNOWN_REFERENCE', `${message}: it is of integration ${integration}`, {
        remedy: `Explain ${integration}, or the call alone.`,
      });
}

/** The spec with only this integration and its link: nothing else is evaluated, and nothing else can fail. */
function only(spec: Spec, name: string): Spec {
  const integration = spec.integrations[name];
  const link = integration === undefined ? undefined : spec.links[integration.link];
  return {
    ...spec,
    links: integration === undefined || link === undefined ? {} : { [integration.link]: link },
    integrations: integration === undefined ? {} : { [name]: integration },
  };
}

function unknown(lack: string, name: string, known: readonly string[]): InvalidInputError {
  const similar = nearest(name, known);
  const some = known.slice(0, 10).join(', ');
  return new InvalidInputError('UNKNOWN_REFERENCE', `${lack} ${JSON.stringify(name)}`, {
    remedy:
      similar !== undefined
        ? `Did you mean ${similar}?`
        : some === ''
          ? 'It has none.'
          : `Write one of those it has: ${some}.`,
  });
}
