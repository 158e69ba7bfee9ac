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
import { servingKey } from './certificates.js';
import { gatewayId } from '../../do/kinds/gateway/gateway-spec.js';
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
  const named = routesOf(spec, options);
  const sorted = sortSnapshot(snapshot);
  const now = options.now ?? snapshotTime(snapshot);
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

/** The integrations that are explained; of each a route, or all. */
function routesOf(
  { integrations }: Spec,
  { integration: name, route }: ExplainOptions,
): readonly { readonly name: string; readonly key?: string | undefined }[] {
  if (name === undefined)
    return route === undefined ? Object.keys(integrations).map((one) => ({ name: one })) : serving(integrations, route);

  const declared = entryOf(integrations, name);
  if (declared === undefined) throw unknown('the spec has no integration', name, Object.keys(integrations));

  const key = route === undefined ? undefined : servingKey(route, Object.keys(declared.routes));
  if (route !== undefined && key === undefined)
    throw unknown(`${name} has no route`, route, Object.keys(declared.routes));

  return [{ name, key }];
}

/** On each gateway the route of the spec that serves a call. */
function serving(
  integrations: Spec['integrations'],
  route: string,
): readonly { readonly name: string; readonly key: string }[] {
  const routes = Object.entries(integrations).flatMap(([name, { gateway, routes: keys }]) =>
    Object.keys(keys).map((key) => ({ gateway: gatewayId(gateway), name, key })),
  );
  const gateways = new Set(routes.map(({ gateway }) => gateway));
  const found = [...gateways].flatMap((id) => {
    const of = routes.filter(({ gateway }) => gateway === id);
    const key = servingKey(
      route,
      of.map((one) => one.key),
    );
    return of.filter((one) => one.key === key);
  });
  if (found.length === 0) throw unknown('the spec has no route', route, [...new Set(routes.map(({ key }) => key))]);

  return found;
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
