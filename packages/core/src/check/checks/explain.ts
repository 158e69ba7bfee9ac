import { strict } from '../../do/forms/form.js';
import { checkArgument } from '../../do/forms/check-argument.js';
import { explainShape, type ExplainOptions } from '../../do/findings/explanation.js';
import { snapshotArgument } from '../../do/input/argument-forms.js';
import { givenSpec, type AnySpec } from '../../do/input/given-spec.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Spec } from '../../do/model/spec.js';
import { nearest } from '../../ground/text/nearest.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { sortSnapshot } from '../../do/snapshot/sort.js';
import { withLiveHops } from './live-remedy.js';
import { explainIntegration } from './path/explain-integration.js';
import { servingKey } from './serving-key.js';
import type { Explanation } from '../../do/findings/explanation.js';
import { snapshotTime } from '../../do/world/snapshot-time.js';
import { prepare } from '../../do/world/prepare.js';

const explainOptions = strict<ExplainOptions>()(explainShape);

/**
 * Explains the path of an integration's calls to its targets, hop by hop, with the rule, route or entry that
 * decides at each. Pure.
 *
 * ```ts
 * const [orders] = explain(snapshot, spec, { integration: 'orders', route: 'GET /orders' });
 * for (const { hop, verdict, text } of orders?.paths[0]?.hops ?? []) console.log(hop, verdict, text);
 * ```
 *
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE` for an integration or a route that the spec does not have;
 *   as `check` does.
 */
export function explain(snapshot: Snapshot, wanted: AnySpec, options: ExplainOptions): readonly Explanation[] {
  const spec = givenSpec('explain', wanted);
  checkArgument('explain', 'snapshot', snapshotArgument, snapshot);
  checkArgument('explain', 'options', explainOptions, options, { open: true });
  const { integration: name, route } = options;
  const declared = Object.hasOwn(spec.integrations, name) ? spec.integrations[name] : undefined;
  if (declared === undefined) throw unknown('the spec has no integration', name, Object.keys(spec.integrations));
  const key = route === undefined ? undefined : servingKey(route, Object.keys(declared.routes));
  if (route !== undefined && key === undefined) {
    throw unknown(`${name} has no route`, route, Object.keys(declared.routes));
  }
  const { input } = prepare(sortSnapshot(snapshot), only(spec, name), {
    now: options.now ?? snapshotTime(snapshot),
    passes: true,
  });
  const found = input.integrations.flatMap((integration) => explainIntegration(input, integration, key));
  return options.live === true ? found.map(withLiveHops) : found;
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
  const meant = nearest(name, known);
  const some = known.slice(0, 10).join(', ');
  return new InvalidInputError('UNKNOWN_REFERENCE', `${lack} ${JSON.stringify(name)}`, {
    remedy:
      meant !== undefined
        ? `Did you mean ${meant}?`
        : some === ''
          ? 'It has none.'
          : `Write one of those it has: ${some}.`,
  });
}
