import { linkTraits } from '../../kinds/cloud/link-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import { InvalidInputError } from '../../../ground/errors.js';
import type { Move } from '../../model/moves.js';
import type { IntegrationSpec, LinkSpec, Spec } from '../../spec.js';
import type { PlanOptions } from '../plan.js';
import { namedBy } from './named-by.js';

/** A spec and the part of it that is planned: all of it, or what `only` names. Resolved once, and handed on. */
export interface SpecPart {
  /** The spec as it is written. */
  readonly whole: Spec;
  /** The clouds of the call. */
  readonly clouds: Clouds;
  /** The names that `only` has; undefined where all of the spec is planned. */
  readonly only: readonly string[] | undefined;
  /**
   * What is read: the named links, integrations and targets, the links that these need, and integrations that are not planned,
   * because the ports of their targets are those of a named link's allowlist.
   */
  readonly read: Spec;
  /** What the plan may create or change. */
  readonly planned: Spec;
  /** Whether an entry of `moved` is of what is planned. */
  readonly isPlanned: (move: Move) => boolean;
}

/**
 * The part of `spec` that `only` names; all of it where `only` is undefined. An integration brings its link, its
 * targets and its routes. A target brings its link, and the routes to it. A link brings nothing.
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE`, `AMBIGUOUS`; `INVALID_INPUT` for an empty list, and with `prune`.
 */
export function partOf(spec: Spec, clouds: Clouds, { only, prune }: Pick<PlanOptions, 'only' | 'prune'>): SpecPart {
  if (only === undefined) return { whole: spec, clouds, only, read: spec, planned: spec, isPlanned: () => true };
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
    else if (targets !== undefined)
      planned.set(name, withTargets(integration, targets, { links: spec.links, clouds }, named.links));
  }
  const links = new Set([...named.links, ...[...planned.values()].map(({ link }) => link)]);
  const context = Object.entries(spec.integrations).filter(
    ([name, { link }]) => !planned.has(name) && named.links.has(link) && needsPorts(clouds, spec.links[link]),
  );
  const external = context.map(([name, one]) => [name, { ...one, owner: 'external', routes: {} }] as const);
  const part = {
    ...spec,
    links: Object.fromEntries(Object.entries(spec.links).filter(([name]) => links.has(name))),
    integrations: Object.fromEntries(planned),
  };
  return {
    whole: spec,
    clouds,
    only,
    read: { ...part, integrations: { ...part.integrations, ...Object.fromEntries(external) } },
    planned: part,
    isPlanned: ({ kind, integration, to }) => (kind === 'link' ? links.has(to) : planned.has(integration ?? to)),
  };
}

/** An integration with some of its targets, and the routes to them. */
function withTargets(
  integration: IntegrationSpec,
  names: ReadonlySet<string>,
  { links, clouds }: Pick<Spec, 'links'> & Pick<SpecPart, 'clouds'>,
  named: ReadonlySet<string>,
): IntegrationSpec {
  const { link, targets, routes } = integration;
  // The others give their ports to the allowlist of a named link.
  const areRead = named.has(link) && needsPorts(clouds, links[link]);
  return {
    ...integration,
    targets: areRead ? targets : Object.fromEntries(Object.entries(targets).filter(([name]) => names.has(name))),
    routes: Object.fromEntries(Object.entries(routes).filter(([, target]) => names.has(target))),
  };
}

/** Whether entries of a link's allowlist have the ports of its targets. */
function needsPorts(clouds: Clouds, link: LinkSpec | undefined): boolean {
  if (link?.allowlist === undefined) return false;

  const { allowlistHasPorts, targetsAreResources } = linkTraits(clouds, link).plans;
  const { allowlist, allowPorts = {} } = link;
  return allowlistHasPorts && !targetsAreResources && allowlist.some((block) => !Object.hasOwn(allowPorts, block));
}
