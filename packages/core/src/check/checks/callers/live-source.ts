import { PrefixSet } from '../../../cidr/prefix-set.js';
import type { Listener } from '../../../do/model/load-balancer.js';
import type { Link } from '../../../do/model/link.js';
import type { CheckInput, IntegrationView, LinkView, Missing, TargetView } from '../../../do/world/views.js';
import { LINK_TRAITS } from '../../../do/kinds/link/link-table.js';
import { isMisnamed } from '../../../do/world/link-facts.js';
import { backends, balancedTargets, type BackedTarget } from '../../path/balancers/balancers.js';
import { sourceOf, type Source } from '../../path/sources/link-source.js';

/**
 * Where calls to a target come from, before and after the spec is applied: the source of the declared link, and those of
 * the links that call the target now. A rule that is restricted to it loses no call. While something of the declared link
 * is not resolved, its source is not known.
 */
export function liveSource({ link }: IntegrationView, target: TargetView): Source {
  const live = callingLinks(link, target).map((one) => ofLive(link, one));
  const all = sourceUnion(sourceOf(link), live);
  const missing = all.missing ?? unresolved(link);
  return missing === all.missing ? all : { ...all, missing };
}

/** The source of calls to a CLB listener: its access control list applies to all that call it. */
export function listSource(
  input: Pick<CheckInput, 'derived'>,
  { integration, target }: Pick<BackedTarget, 'integration' | 'target'>,
  { id }: Pick<Listener, 'id'>,
): Source {
  const { link } = integration;
  const others = balancedTargets(input).filter(
    ({ integration: other, backend: { listener } }) =>
      other.link !== link && other.link.region === link.region && listener.is === 'found' && listener.value.id === id,
  );
  return withOthers(liveSource(integration, target), others);
}

/** The source of calls to one backend, on any port: its own list applies to all that call it. */
export function admitsSource(
  input: Pick<CheckInput, 'derived'>,
  { integration, target, backend }: BackedTarget,
): Source {
  const { link } = integration;
  const others = backends(input).filter(
    ({ integration: other, backend: { id } }) =>
      other.link !== link && other.link.networkId === link.networkId && id === backend.id,
  );
  return withOthers(liveSource(integration, target), others);
}

const withOthers = (source: Source, others: readonly Pick<BackedTarget, 'integration' | 'target'>[]): Source =>
  sourceUnion(
    source,
    others.map(({ integration, target }) => liveSource(integration, target)),
  );

function sourceUnion(own: Source, others: readonly Source[]): Source {
  if (others.length === 0) return own;
  const all = [own, ...others];
  const prefixes = all.flatMap((one) => one.prefixes);
  const texts = new Set<string>();
  const blocks = all.flatMap((one) => one.blocks).filter(({ text }) => !texts.has(text) && texts.add(text));
  const groupIds = [...new Set(all.flatMap((one) => one.groupIds))];
  const missing = all.find((one) => one.missing !== undefined)?.missing;
  return { ...own, blocks, prefixes, set: () => PrefixSet.of(prefixes), groupIds, missing };
}

/** The links that calls to a target take now, and that are not the declared one. */
function callingLinks({ link, replaced, region }: LinkView, { target }: TargetView): readonly Link[] {
  const ids = new Set(replaced === undefined ? [] : [replaced.id]);
  for (const { routes } of region.region.gateways)
    for (const { linkId, targetId } of routes)
      if (linkId !== undefined && target !== undefined && targetId === target.id) ids.add(linkId);
  return region.region.links.filter(
    ({ id, kind }) => ids.has(id) && id !== link?.id && LINK_TRAITS[kind].callsFrom !== 'load balancer',
  );
}

function ofLive(view: LinkView, link: Link): Source {
  const { subnetIds, securityGroupIds, networkId } = link;
  const source = sourceOf({
    ...view,
    link,
    subnetIds,
    securityGroupIds,
    networkId,
    unseen: undefined,
    unread: undefined,
  });
  // Rules name one group of each block: those of this link are not those of the declared one.
  const blocks = source.blocks.map((one) => ({ ...one, groupIds: one.groupIds ?? [securityGroupIds] }));
  return { ...source, blocks };
}

/** Why the source of a declared link is not all there is: a name of the spec leads to nothing. */
function unresolved(link: LinkView): Missing | undefined {
  const { name, unresolved: trouble, unread } = link;
  if (!isMisnamed(link)) return unread?.subnets;
  return { what: `the subnets of link ${name}`, remedy: trouble?.remedy ?? `Correct links.${name}.` };
}
