import { gatewayId, keyShape } from '../../do/kinds/gateway/gateway-spec.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { IntegrationSpec, Spec } from '../../do/spec.js';
import type { Problem } from '../problems/problem.js';

/** The variable at one place of a gateway's paths, and the route that it was found in. */
interface Variable {
  readonly part: string;
  readonly key: string;
}

/**
 * Reports routes that need two variables at one place of the paths, where a gateway has only one there: `/a/{x}` and
 * `/a/{y}/b`, or of HTTP APIs two keys that differ in names of variables. All integrations of a gateway share its paths. Routes of external ones exist, and are not reported.
 */
export function checkVariables({ integrations }: Spec, clouds: Clouds, problems: Problem[]): void {
  const known = new Map<string, Map<string, Variable>>();
  const isExternal = ([, { owner }]: readonly [string, IntegrationSpec]): number => Number(owner !== 'external');
  for (const [name, { gateway, routes, owner }] of Object.entries(integrations).toSorted(
    (a, b) => isExternal(a) - isExternal(b),
  )) {
    const kind = clouds.gatewayKind(gateway);
    const { paths, title } = clouds.gateway(kind);
    if (paths?.oneVariable === undefined) continue;

    const place = `${kind} ${gatewayId(gateway)}`;
    const variables = known.get(place) ?? new Map<string, Variable>();
    known.set(place, variables);
    for (const key of Object.keys(routes)) {
      const tree = paths.oneVariable === true ? '' : keyShape(key);
      const other = otherVariable(key, tree, variables);
      if (other === undefined || owner === 'external') continue;

      problems.push({
        code: 'INVALID_SPEC',
        message: `${other.part} is beside ${other.known.part} of route ${other.known.key}`,
        remedy: `Write ${other.known.part}: ${title} has one variable at each place of its paths.`,
        path: ['integrations', name, 'routes', key],
        key: true,
      });
    }
  }
}

/** The first variable of a route that differs from the one at its place; those at free places are added. */
function otherVariable(
  key: string,
  tree: string,
  variables: Map<string, Variable>,
): { readonly part: string; readonly known: Variable } | undefined {
  const parts = key.replace(/^\S+ \//, '').split('/');
  for (const [at, part] of parts.entries()) {
    if (!part.startsWith('{')) continue;

    const before = `${tree} ${parts.slice(0, at).join('/')}`;
    const known = variables.get(before);
    if (known === undefined) variables.set(before, { part, key });
    else if (known.part !== part) return { part, known };
  }
  return undefined;
}
