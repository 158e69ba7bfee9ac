import { InvalidInputError } from '../../../ground/errors.js';
import type { Spec } from '../../spec.js';
import { fewText } from '../../../ground/text/quantities.js';
import { nearest } from '../../../ground/text/nearest.js';
import { mayChange } from '../../model/marks.js';
import { isSamePlace } from '../../model/traits.js';
import { isSameRef } from '../../model/reference.js';
import type { Problems } from '../../world/resolve/problems.js';
import type { LinkPlan } from '../links/link-plan.js';
import type { IntegrationPlan } from '../plan-integration.js';

/** The parts of a spec that `--only` names. */
export interface NamedParts {
  readonly links: ReadonlySet<string>;
  readonly integrations: ReadonlySet<string>;
  /** Targets, by the integration that they belong to. */
  readonly targets: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The links, integrations and targets of a spec with these names. A name can mean a link and an integration, as
 * where a link is written inside its integration; `links.eu` and `integrations.orders` mean one of them. A target is
 * `orders/main`, or `main` where no other one, no link and no integration has that name.
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE`, `AMBIGUOUS`
 */
export function namedBy({ links, integrations }: Spec, names: readonly string[]): NamedParts {
  const named = { links: new Set<string>(), integrations: new Set<string>(), targets: new Map<string, Set<string>>() };
  const targets = Object.entries(integrations).flatMap(([integration, declared]) =>
    Object.keys(declared.targets).map((target) => ({ integration, target, path: `${integration}/${target}` })),
  );
  for (const text of names) {
    const [, section, name = text] = /^(links|integrations)\.(.+)$/.exec(text) ?? [];
    const isLink = section !== 'integrations' && Object.hasOwn(links, name);
    const isIntegration = section !== 'links' && Object.hasOwn(integrations, name);
    if (isLink) named.links.add(name);
    if (isIntegration) named.integrations.add(name);
    if (isLink || isIntegration) continue;

    const matching = targets.filter(({ target, path }) => target === text || path === text);
    const [first] = matching;
    const declared = new Set([...Object.keys(links), ...Object.keys(integrations), ...targets.map(({ path }) => path)]);
    if (first === undefined) throw unknown(text, [...declared, ...targets.map(({ target }) => target)], declared);
    if (matching.length > 1) throw ambiguous(text, matching);

    const ofIntegration = named.targets.get(first.integration) ?? new Set();
    named.targets.set(first.integration, ofIntegration.add(first.target));
  }
  return named;
}

function unknown(name: string, names: readonly string[], declared: ReadonlySet<string>): InvalidInputError {
  const similar = nearest(name.replace(/^(?:links|integrations)\./, ''), names);
  return new InvalidInputError(
    'UNKNOWN_REFERENCE',
    `--only: the spec has no link, integration or target ${JSON.stringify(name)}`,
    { remedy: similar === undefined ? `It has ${fewText([...declared], 10)}.` : `Did you mean ${similar}?` },
  );
}

function ambiguous(name: string, matching: readonly { readonly path: string }[]): InvalidInputError {
  const paths = matching.map(({ path }) => path);
  return new InvalidInputError('AMBIGUOUS', `--only: several integrations have a target ${name}`, {
    remedy: `Name one of them: ${fewText(paths, 10)}.`,
  });
}

/**
 * Refuses the plan of a part that would move routes which it leaves out: a gateway that is on one link as a whole
 * moves with its first route.
 */
export function refuseHalfMove(
  spec: Spec,
  integrations: readonly IntegrationPlan[],
  links: ReadonlyMap<string, LinkPlan>,
  problems: Problems,
): void {
  for (const { resolved, created, moved } of integrations) {
    const { name, gateway, link, region } = resolved;
    const { linkId } = gateway;
    if (created + moved.size === 0 || !link.clouds.gateway(gateway.kind).movesAsOne) continue;
    if (linkId === undefined || linkId === links.get(link.name)?.current?.id) continue;

    const ofGateway = integrations.filter(
      (other) => isSameRef(other.resolved.gateway, gateway) && isSamePlace(other.resolved.region, region),
    );
    const planned = new Set(ofGateway.flatMap((other) => Object.keys(other.resolved.spec.routes)));
    const others = gateway.routes.filter(({ owner, key }) => mayChange(owner, spec) && !planned.has(key));
    if (others.length === 0) continue;

    const keys = fewText(others.map(({ key }) => key).toSorted(), 5);
    const message = `gateway ${gateway.id} moves from ${linkId} to link ${link.name} as a whole, and --only leaves out ${keys}`;
    problems.add('UNSUPPORTED', `integrations.${name}.gateway`, message, {
      remedy: 'Name the integrations of these routes with --only as well, or plan the whole spec.',
    });
  }
}
