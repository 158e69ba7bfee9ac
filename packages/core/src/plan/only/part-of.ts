import { InvalidInputError } from '../../errors.js';
import { traitsOfSpec } from '../../kinds/traits.js';
import type { Move } from '../../model/moves.js';
import type { IntegrationSpec, LinkSpec, Spec } from '../../model/spec.js';
import type { PlanOptions } from '../plan.js';
import { namedBy } from './named-by.js';

/** The part of a spec that is planned. */
export interface SpecPart {
  /** The spec with the named links, integrations and targets, the links that these need, and `context`. */
  readonly spec: Spec;
  /**
   * Integrations that are read, and are not planned: the ports of their targets are those of a named link's
   * allowlist.
   */
  readonly context: ReadonlySet<string>;
}

/**
 * The part of `spec` that `only` names; all of it where `only` is undefined. An integration brings its link, its
 * targets and its routes. A target brings its link, and the routes to it. A link brings nothing.
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE`, `AMBIGUOUS`; `INVALID_INPUT` for an empty list, and with `prune`.
 */
export function partOf(spec: Spec, { only, prune }: Pick<PlanOptions, 'only' | 'prune'>): SpecPart {
  if (only === undefined) return { spec, context: new Set() };
  if (only.length === 0) {
    throw new InvalidInputError('INVALID_INPUT', '`only` names nothing', {
      remedy: 'Name at least one link, integration or target, or leave the option out.',
    });
  }
  if (prune === true) {
    throw new InvalidInputError('INVALID_INPUT', '--prune (`prune`) is not allowed with --only (`only`)', {
      remedy: 'Plan the whole spec with --prune: with --only, nothing that is not declared is deleted.',
    });
  }
  const named = namedBy(spec, only);
  const planned = new Map<string, IntegrationSpec>();
  for (const [name, integration] of Object.entries(spec.integrations)) {
    const targets = named.targets.get(name);
    if (named.integrations.has(name)) planned.set(name, integration);
    else if (targets !== undefined) planned.set(name, withTargets(integration, targets, spec, named.links));
  }
  const links = new Set([...named.links, ...[...planned.values()].map(({ link }) => link)]);
  const context = Object.entries(spec.integrations).filter(
    ([name, { link }]) => !planned.has(name) && named.links.has(link) && needsPorts(spec.links[link]),
  );
  const read = context.map(([name, one]) => [name, { ...one, owner: 'external', routes: {} }] as const);
  return {
    spec: {
      ...spec,
      links: Object.fromEntries(Object.entries(spec.links).filter(([name]) => links.has(name))),
      integrations: { ...Object.fromEntries(planned), ...Object.fromEntries(read) },
    },
    context: new Set(context.map(([name]) => name)),
  };
}

/** The spec of a part without its context: what the plan of it may create or change. */
export function plannedSpec({ spec, context }: SpecPart): Spec {
  if (context.size === 0) return spec;
  const integrations = Object.entries(spec.integrations).filter(([name]) => !context.has(name));
  return { ...spec, integrations: Object.fromEntries(integrations) };
}

/** Whether an entry of `moved` is of a link or an integration that is planned. */
export function isPlannedMove({ spec, context }: SpecPart, { kind, integration, to }: Move): boolean {
  if (kind === 'link') return Object.hasOwn(spec.links, to);
  const name = integration ?? to;
  return Object.hasOwn(spec.integrations, name) && !context.has(name);
}

/** An integration with some of its targets, and the routes to them. */
function withTargets(
  integration: IntegrationSpec,
  names: ReadonlySet<string>,
  { links }: Spec,
  named: ReadonlySet<string>,
): IntegrationSpec {
  const { link, targets, routes } = integration;
  // The others give their ports to the allowlist of a named link.
  const areRead = named.has(link) && needsPorts(links[link]);
  return {
    ...integration,
    targets: areRead ? targets : Object.fromEntries(Object.entries(targets).filter(([name]) => names.has(name))),
    routes: Object.fromEntries(Object.entries(routes).filter(([, target]) => names.has(target))),
  };
}

/** Whether entries of a link's allowlist have the ports of its targets. */
function needsPorts(link: LinkSpec | undefined): boolean {
  if (link?.allowlist === undefined) return false;
  const { allowlistHasPorts, targetsAreResources } = traitsOfSpec(link);
  const { allowlist, allowPorts = {} } = link;
  return allowlistHasPorts && !targetsAreResources && allowlist.some((block) => !Object.hasOwn(allowPorts, block));
}
