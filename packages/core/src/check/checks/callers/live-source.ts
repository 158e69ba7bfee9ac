import { PrefixSet } from '../../../cidr/prefix-set.js';
import type { Listener } from '../../../do/model/load-balancer.js';
import type { CheckInput, LinkView, Missing } from '../../../do/world/views.js';
import { isMisnamed } from '../../../do/world/link-facts.js';
import type { BackedTarget } from '../../path/balancers/balancers.js';
import { sourceOf, type Source } from '../../path/sources/link-source.js';
import { allCalled, linkAsCaller, liveTargets } from './live-targets.js';
import { groupedPairs } from '../../../ground/grouped.js';

/** A target whose callers are asked for. */
type Asked = Pick<BackedTarget, 'integration' | 'target' | 'backend'>;

/**
 * Where calls to a backend come from, before and after the spec is applied: the source of the declared link, and those of
 * the links that call the backend now. A rule that is restricted to it loses no call. While something of the declared link
 * is not resolved, its source is not known.
 */
export function liveSource(input: CheckInput, { integration, backend }: Asked): Source {
  const { link } = integration;
  const links = (linksCalling(input).get(backend.id) ?? []).filter(({ region }) => region === link.region);
  if (link.replaced !== undefined) links.push(linkAsCaller(input, link.region, link.replaced));
  const others = [...new Set(links)].filter((one) => one !== link);
  const all = sourceUnion(sourceOf(link), others.map(sourceAlone));
  const missing = all.missing ?? unresolved(link);
  return missing === all.missing ? all : { ...all, missing };
}

/** The source of calls to a CLB listener: its access control list applies to all that call it. */
export function listSource(input: CheckInput, asked: Asked, { id }: Pick<Listener, 'id'>): Source {
  const { link } = asked.integration;
  return withOthers(input, asked, ({ integration: other, backend }) => {
    if (backend.kind !== 'balancer' || other.link.region !== link.region) return false;

    return backend.listener.is === 'found' && backend.listener.value.id === id;
  });
}

/** The source of calls to one backend, on any port: its own list applies to all that call it. */
export function admitsSource(input: CheckInput, asked: Asked): Source {
  const { link } = asked.integration;
  return withOthers(
    input,
    asked,
    ({ integration: other, backend: { id } }) => other.link.networkId === link.networkId && id === asked.backend.id,
  );
}

/** With the sources of the other targets that are called, of another link. */
function withOthers(input: CheckInput, asked: Asked, isOther: (one: Asked) => boolean): Source {
  const { link } = asked.integration;
  const others = allCalled(input).filter((one) => one.integration.link !== link && isOther(one));
  return sourceUnion(
    liveSource(input, asked),
    others.map((one) => liveSource(input, one)),
  );
}

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

/** The links whose live routes call a backend otherwise than declared, by the ID of the backend. */
function linksCalling(input: CheckInput): ReadonlyMap<string, readonly LinkView[]> {
  return input.derived('links that call backends', readCalling);
}

function readCalling(input: CheckInput): ReadonlyMap<string, readonly LinkView[]> {
  return groupedPairs(
    [...liveTargets(input)].map(({ integration, backend }) => [backend.id, integration.link] as const),
  );
}

/** The source of a link beside that of another one: rules name one group of each block, and the groups are its own. */
function sourceAlone(view: LinkView): Source {
  const source = sourceOf(view);
  const blocks = source.blocks.map((one) => ({ ...one, groupIds: one.groupIds ?? [view.securityGroupIds] }));
  return { ...source, blocks };
}

/** Why the source of a declared link is not all there is: a name of the spec leads to nothing. */
function unresolved(link: LinkView): Missing | undefined {
  const { name, unresolved: trouble, unread } = link;
  if (!isMisnamed(link)) return unread?.subnets;

  return { what: `the subnets of link ${name}`, remedy: trouble?.remedy ?? `Correct links.${name}.` };
}
