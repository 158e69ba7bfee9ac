import type { CheckedSpec } from '../schema/spec-schema.js';
import { isPlainMap, type Plain, type PlainMap } from '../source/plain-value.js';
import { arePlainRoutes, arePlainTargets } from './plain-lists.js';

/** A spec without those of its targets and routes that are plainly right. */
export interface SetAside {
  readonly rest: Plain;
  /** Puts them back into the schema's result for the rest. */
  readonly putBack: (checked: CheckedSpec) => CheckedSpec;
}

/**
 * Removes the parts of a spec that are certainly valid without a schema: an integration's targets where each
 * is a listener, an instance or an address with a port and nothing else, and its routes. A schema explains
 * problems, and takes ten times as long to find that there are none, and these two are the long lists of a
 * spec. A part that is not recognized is left to the schema, which alone reports problems.
 */
export function setAside(spec: Plain): SetAside {
  const integrations = isPlainMap(spec) ? spec['integrations'] : undefined;
  if (!isPlainMap(spec) || !isPlainMap(integrations)) return { rest: spec, putBack: (checked) => checked };
  const aside = new Map<string, PlainMap>();
  const rest: PlainMap = Object.create(null) as PlainMap;
  for (const name of Object.keys(integrations)) {
    const integration = integrations[name] ?? null;
    const taken = isPlainMap(integration) ? plainlyRight(integration) : undefined;
    rest[name] = isPlainMap(integration) && taken !== undefined ? { ...integration, ...emptied(taken) } : integration;
    if (taken !== undefined) aside.set(name, taken);
  }
  return {
    rest: { ...spec, integrations: rest },
    putBack: (checked) => ({
      ...checked,
      integrations: Object.fromEntries(
        Object.entries(checked.integrations ?? {}).map(([name, one]) => [name, { ...one, ...aside.get(name) }]),
      ),
    }),
  };
}

/** Those of an integration's lists of which every member is plainly right. */
function plainlyRight({ targets, routes }: PlainMap): PlainMap | undefined {
  const taken: PlainMap = {};
  if (arePlainTargets(targets)) taken['targets'] = targets;
  if (arePlainRoutes(routes)) taken['routes'] = routes;
  return taken['targets'] === undefined && taken['routes'] === undefined ? undefined : taken;
}

function emptied(taken: PlainMap): PlainMap {
  return Object.fromEntries(Object.keys(taken).map((key) => [key, {}]));
}
