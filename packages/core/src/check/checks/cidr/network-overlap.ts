import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { aboutThings, thing, aboutLink } from '../../../do/findings/subject.js';
import { formatPrefix, overlaps, type Prefix } from '../../../cidr/prefix.js';
import { PrefixSet } from '../../../cidr/prefix-set.js';
import type { CheckInput, RegionIndex } from '../../../do/world/views.js';
import { subnetsOf } from '../../../do/world/subnets-of.js';
import { unseen } from '../../../do/world/link-facts.js';
import { readBlocks } from '../../path/model/group-set.js';
import { connectedNetworks, type Connected } from './connected.js';
import { freePrivate } from './free-block.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  NETWORK_NOT_KNOWN: unknown('the network of link {link} overlaps networks that it is connected to'),
  CONNECTIONS_NOT_READ: unknown('{network} overlaps networks that it is connected to'),
  NETWORKS_OVERLAP: fail(
    '{network} overlaps networks that it is connected to, and cannot reach the common addresses there: {names:;}',
    'Move the targets to a CIDR block that no connected network has[, such as {free}], or call them through a load balancer or endpoint in {network}.',
  ),
  NETWORKS_APART: pass('{network} [does not overlap {networks}|is connected to no other network]'),
};

export const networkOverlap = defineCheck({
  id: 'cidr/network-overlap',
  severity: 'warning',
  title: 'The network of the link does not overlap networks that it is connected to',
  about:
    'Two networks that are connected by a peering or a transit gateway cannot reach each other at addresses that both have. The local route wins, so each network delivers such packets locally. A call to a target in the common range reaches a resource of the wrong network, or none.',
  codes: CODES,
  *run(input, say) {
    const done = new Map<RegionIndex, Set<string>>();
    for (const view of input.links) {
      const { region, networkId } = view;
      const unread = networkId === undefined ? (unseen(view) ?? subnetsOf(view).missing) : undefined;
      if (unread !== undefined) yield say.NETWORK_NOT_KNOWN(aboutLink(view), { link: view.name }, unread);
      const seen = done.get(region) ?? new Set<string>();
      done.set(region, seen);
      if (networkId === undefined || seen.has(networkId)) continue;

      seen.add(networkId);
      yield* ofNetwork(say, input, region, networkId);
    }
  },
});

function* ofNetwork(
  say: Say<typeof CODES>,
  input: CheckInput,
  region: RegionIndex,
  networkId: string,
): Iterable<Outcome> {
  const about = aboutThings(undefined, thing('network', networkId));
  const on = { network: networkId };
  const own = region.find('networks', networkId);
  if (own.is === 'unknown') yield say.CONNECTIONS_NOT_READ(about, on, own.missing);
  if (own.is !== 'found') return;

  const { networks, missing } = connectedNetworks(input, region, networkId);
  const texts = [...own.value.cidrBlocks, ...(own.value.ipv6CidrBlocks ?? [])];
  const wrong = overlapping(texts, networks);
  const evidence = [{ kind: 'network', id: networkId, text: own.value.cidrBlocks.join(', ') }];
  if (wrong.length > 0) {
    const taken = readBlocks([...texts, ...networks.flatMap(({ cidrBlocks }) => cidrBlocks)]);
    const [first] = wrong;
    const free = freePrivate(taken, first?.block.bits ?? 16);
    const names = wrong.map(({ other, block, common }) => {
      const [theirs, ours] = [formatPrefix(block), formatPrefix(common)];
      const at = `${other.id} (through ${other.via})`;
      return theirs === ours ? `${theirs} is also a block of ${at}` : `${theirs} of ${at} overlaps its own ${ours}`;
    });
    yield say.NETWORKS_OVERLAP(about, { ...on, names: names.slice(0, 5), free }, [
      ...evidence,
      ...wrong.slice(0, 10).map(({ other, block }) => ({
        kind: 'network',
        id: other.id,
        text: `${formatPrefix(block)}, through ${other.via}`,
      })),
    ]);
  } else if (missing !== undefined) yield say.CONNECTIONS_NOT_READ(about, on, missing, evidence);
  else {
    const others = networks.map(({ id }) => id).slice(0, 10);
    yield say.NETWORKS_APART(about, { networksCount: networks.length, ...on, networks: others }, evidence);
  }
}

interface Overlap {
  readonly other: Connected;
  /** The block of the other network. */
  readonly block: Prefix;
  /** The block of the link's network. */
  readonly common: Prefix;
}

/**
 * Blocks of other networks that overlap the link's network. Overlaps among the other networks are not checked here.
 */
function overlapping(texts: readonly string[], networks: readonly Connected[]): readonly Overlap[] {
  const ours = readBlocks(texts);
  const set = PrefixSet.of(ours);
  return networks.flatMap((other) =>
    readBlocks(other.cidrBlocks).flatMap((block) => {
      if (set.containment(block) === 'outside') return [];

      const common = ours.find((own) => overlaps(own, block));
      return common === undefined ? [] : [{ other, block, common }];
    }),
  );
}
