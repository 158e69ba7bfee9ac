import { gatewayKeysOn } from '../../do/kinds/cloud/gateway-kinds.js';
import { canonicalJson } from '../../ground/hash.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { entryOf, type Json } from '../../ground/json.js';
import { deployedStage, gatewayId, keyShape } from '../../do/kinds/gateway/gateway-spec.js';
import type { Spec, IntegrationSpec } from '../../do/spec.js';
import { nearest } from '../../ground/text/nearest.js';
import type { Problem } from '../problems/problem.js';
import type { KeyPath, Plain } from '../source/source-node.js';

/** Links and targets that are named and not defined, gateways of another cloud, and routes that two integrations claim. */
export function referenceProblems(spec: Spec, clouds: Clouds): Problem[] {
  const problems: Problem[] = [];
  const claimed = new Map<string, Map<string, string>>();
  const declared = new Map<string, { readonly name: string; readonly value: string }>();
  for (const [name, integration] of Object.entries(spec.integrations)) {
    const path = ['integrations', name];
    const link = entryOf(spec.links, integration.link);
    if (!link) {
      const remedy = suggest(integration.link, Object.keys(spec.links));
      const message = `link ${integration.link} is not declared`;
      problems.push({ code: 'UNKNOWN_REFERENCE', message, remedy, path: [...path, 'link'] });
    }
    const [kind = ''] = Object.keys(integration.gateway);
    const kinds: readonly string[] = link === undefined ? [kind] : gatewayKeysOn(clouds, link.provider);
    if (!kinds.includes(kind)) {
      const message = `links of ${link?.provider ?? ''} do not support ${kind}`;
      problems.push({
        code: 'WRONG_KIND',
        message,
        remedy: `Name one of ${kinds.join(', ')}.`,
        path: [...path, 'gateway'],
      });
    }
    const place = `${link?.provider ?? ''} ${link?.region ?? ''} ${gatewayId(integration.gateway)}`;
    const routesOfGateway = claimed.get(place) ?? new Map<string, string>();
    claimed.set(place, routesOfGateway);
    for (const [field, value] of Object.entries(integration.stageSettings ?? {})) {
      const at = `${place} ${deployedStage(integration.gateway) ?? ''} ${field}`;
      const other = declared.get(at) ?? { name, value: canonicalJson(value as Json) };
      declared.set(at, other);
      if (other.value === canonicalJson(value as Json)) continue;

      const message = `integration ${other.name} declares another ${field} for the same stage`;
      const remedy = 'Write the same value in both, or remove one of them.';
      problems.push({ code: 'INVALID_SPEC', message, remedy, path: [...path, 'gateway', field], key: true });
    }
    for (const key of Object.keys(integration.routes)) {
      const target = integration.routes[key] as string;
      if (!Object.hasOwn(integration.targets, target)) {
        const remedy = suggest(target, Object.keys(integration.targets));
        const message = `target ${target} is not declared in this integration`;
        problems.push({ code: 'UNKNOWN_REFERENCE', message, remedy, path: [...path, 'routes', key] });
      }
      const other = routesOfGateway.get(key);
      if (other === undefined) routesOfGateway.set(key, name);
      else {
        const message = `integration ${other} already has this route of the same gateway`;
        const remedy = 'Remove one of the two.';
        problems.push({ code: 'INVALID_SPEC', message, remedy, path: [...path, 'routes', key], key: true });
      }
    }
  }
  return [...problems, ...hostProblems(spec)];
}

/**
 * Reports integrations and targets that `assume.hosts` names and that are not defined: the assumption would
 * apply to nothing.
 */
function hostProblems({ integrations, assume }: Spec): readonly Problem[] {
  return Object.entries(assume?.hosts ?? {}).flatMap(([name, own]): readonly Problem[] => {
    const path = ['assume', 'hosts', name];
    const integration = entryOf(integrations, name);
    if (integration === undefined) {
      const remedy = suggest(name, Object.keys(integrations));
      return [{ code: 'UNKNOWN_REFERENCE', message: `integration ${name} is not declared`, remedy, path, key: true }];
    }

    const targets = Object.keys(integration.targets);
    return Object.keys(own).flatMap((target): readonly Problem[] => {
      if (targets.includes(target)) return [];

      const message = `target ${target} is not declared in integration ${name}`;
      const remedy = suggest(target, targets);
      return [{ code: 'UNKNOWN_REFERENCE', message, remedy, path: [...path, target], key: true }];
    });
  });
}

function suggest(typed: string, names: readonly string[]): string {
  const similar = nearest(typed, names);
  if (similar !== undefined) return `Did you mean ${similar}?`;

  return names.length === 0 ? 'None is defined.' : `Defined: ${names.slice(0, 10).join(', ')}.`;
}

/** What `postern init` writes where an ID belongs: `subnet-replace-me`, `replaceme`. */
const PLACEHOLDER = /(?:^|-)replace-?me$/;

/** Reports each value of a spec that is still a placeholder of `postern init`. */
export function placeholderProblems(value: Plain, path: KeyPath = []): Problem[] {
  if (typeof value === 'string') {
    if (!PLACEHOLDER.test(value)) return [];

    const message = `${value} is a placeholder of \`postern init\``;
    const remedy = path.includes('gateway')
      ? 'Write the ID of an existing gateway; `postern gateways` lists them.'
      : 'Write the ID of an existing resource.';
    return [{ code: 'INVALID_SPEC', message, remedy, path }];
  }
  if (typeof value !== 'object' || value === null) return [];

  const members: [string | number, Plain][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return members.flatMap(([key, member]) => placeholderProblems(member, [...path, key]));
}

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
