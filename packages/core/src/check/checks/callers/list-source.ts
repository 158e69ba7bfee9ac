import { PrefixSet } from '../../../cidr/prefix-set.js';
import type { Listener } from '../../../do/model/load-balancer.js';
import type { CheckInput, LinkView } from '../../../do/world/views.js';
import { backends, balancedTargets } from '../../path/balancers/balancers.js';
import type { Backend } from '../../path/balancers/backend.js';
import { sourceOf, type Source } from '../../path/sources/link-source.js';

/**
 * The source of calls of all declared links to a CLB listener: its access control list applies to all of
 * them.
 */
export function listSource(input: Pick<CheckInput, 'derived'>, link: LinkView, { id }: Pick<Listener, 'id'>): Source {
  const others = balancedTargets(input).flatMap(({ integration, backend }) => {
    if (integration.link === link || integration.link.region !== link.region) return [];
    const listener = backend.listener;
    return listener.is === 'found' && listener.value.id === id ? [sourceOf(integration.link)] : [];
  });
  return union(sourceOf(link), others);
}

/**
 * The source of calls of all declared links to one backend, on any port: its own list applies to all of them.
 */
export function admitsSource(input: Pick<CheckInput, 'derived'>, link: LinkView, { id }: Pick<Backend, 'id'>): Source {
  const others = backends(input).filter(
    ({ integration, backend }) =>
      integration.link !== link && integration.link.networkId === link.networkId && backend.id === id,
  );
  return union(
    sourceOf(link),
    others.map(({ integration }) => sourceOf(integration.link)),
  );
}

function union(own: Source, others: readonly Source[]): Source {
  if (others.length === 0) return own;
  const all = [own, ...others];
  const prefixes = all.flatMap((one) => one.prefixes);
  const texts = new Set<string>();
  const blocks = all.flatMap((one) => one.blocks).filter(({ text }) => !texts.has(text) && texts.add(text));
  const missing = all.find((one) => one.missing !== undefined)?.missing;
  return { ...own, blocks, prefixes, set: () => PrefixSet.of(prefixes), missing };
}
