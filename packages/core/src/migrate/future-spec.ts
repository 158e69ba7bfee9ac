import type { GatewayRef } from '../model/gateway.js';
import type { LinkSpec, Spec, TargetSpec } from '../model/spec.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { SortedUses } from './moved-backends.js';

/** A spec that says what will be so after a move: the gateway's backends behind one link, which is called by its id, and nothing of ours. */
export function futureSpec(
  { provider, region, account }: Pick<RegionSnapshot, 'provider' | 'region' | 'account'>,
  { name, gateway, linkId, backends, assume }: FutureSpec,
): Spec {
  const link: LinkSpec = { provider, region, account, id: linkId, owner: 'external', tags: {} };
  const targets = backends.flatMap(({ name: backend, refs, tls }) =>
    refs.map((ref, index): [string, TargetSpec] => [
      // A domain with several records is several addresses.
      refs.length === 1 ? backend : `${backend} ${'address' in ref ? ref.address : index}`,
      { ref, ...(tls ? { tls: {} } : {}) },
    ]),
  );
  return {
    version: 1,
    project: 'migration',
    links: { [linkId]: link },
    integrations: {
      [name]: { link: linkId, gateway, targets: Object.fromEntries(targets), routes: {}, owner: 'external' },
    },
    assume,
  };
}

interface FutureSpec {
  /** What the report calls it: the gateway's name, or its id. */
  readonly name: string;
  readonly gateway: GatewayRef;
  readonly linkId: string;
  readonly backends: SortedUses['backends'];
  readonly assume: Spec['assume'];
}
