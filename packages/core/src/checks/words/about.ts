import type { LinkKind } from '../../model/link.js';
import type { IntegrationView, LinkView, Missing, TargetView } from '../check.js';
import type { About } from './outcome.js';

/** `link eu`; with a part of it, `link eu, subnet-a`. It is an integration's own where no other leads through the link. */
export function aboutLink({ name, integrations }: LinkView, part?: string): About {
  const [only] = integrations;
  return {
    subject: part === undefined ? `link ${name}` : `link ${name}, ${part}`,
    ...(integrations.length === 1 && only !== undefined ? { integration: only } : {}),
  };
}

/** `target orders`; with a part of it, `target orders, euw1-az1`. */
export function aboutTarget(integration: Pick<IntegrationView, 'name'>, target: TargetView, part?: string): About {
  return {
    subject: part === undefined ? `target ${target.name}` : `target ${target.name}, ${part}`,
    integration: integration.name,
  };
}

/** Whether a plan would make the link: it is declared with subnets, and is surely not there yet. */
export function isNew({ link, spec, unresolved }: LinkView): boolean {
  return (
    link === undefined &&
    spec.id === undefined &&
    spec.owner !== 'external' &&
    spec.subnets !== undefined &&
    unresolved?.verdict !== 'unknown'
  );
}

/** What kind of link it is, or will be: only V2 links and integration instances are made. */
export function kindOf({ link, region }: LinkView): LinkKind {
  return link?.kind ?? (region.region.provider === 'alibaba' ? 'integration-instance' : 'vpc-link-v2');
}

/** Whether the link has places in subnets of its own: a V1 link leads to a load balancer, a conventional instance has none. */
export function standsInSubnets(link: LinkView): boolean {
  const kind = kindOf(link);
  return kind === 'vpc-link-v2' || kind === 'integration-instance';
}

/** Why names of the spec's subnets or groups could not be looked up; undefined where all were, or some surely do not exist. */
export function unreadOf(
  { region, spec, unresolved }: LinkView,
  list: 'subnets' | 'securityGroups',
  found: readonly string[],
): Missing | undefined {
  const wanted = spec[list] ?? [];
  if (unresolved?.verdict !== 'unknown' || wanted.length <= found.length) return undefined;
  const lost = wanted.find((by) => typeof by === 'string' && !found.includes(by));
  return region.missing(list, typeof lost === 'string' ? lost : undefined);
}

/** Why nobody can say whether the link is there; undefined where it was found, or surely is not. */
export function unseen({ link, region, spec, unresolved }: LinkView): Missing | undefined {
  if (link !== undefined || unresolved?.verdict !== 'unknown') return undefined;
  return region.missing('links', typeof spec.id === 'string' ? spec.id : undefined);
}

/** `vlink-1`, or that it would be made. */
export function linkText(link: LinkView): string {
  return link.link === undefined ? `link ${link.name}, which is not there yet,` : `link ${link.name} (${link.link.id})`;
}
