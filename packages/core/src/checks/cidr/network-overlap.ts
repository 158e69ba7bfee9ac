import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { networkOverlapWords } from './words/network-overlap.words.js';
import { aboutThings, thing } from '../../findings/subject.js';
import { formatPrefix, overlaps, type Prefix } from '../../cidr/prefix.js';
import { PrefixSet } from '../../cidr/prefix-set.js';
import type { CheckInput, RegionIndex } from '../../world/views.js';
import { subnetsOf } from '../../world/subnets-of.js';
import { unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { readBlocks } from '../../network/block-set.js';
import { connectedNetworks, type Connected } from './connected.js';
import { freePrivate } from './free-block.js';

const { fails, holds, unsure } = stating<(typeof networkOverlapWords)['says']>();

/** `cidr/network-overlap`. */
export const networkOverlap: Judgement = {
  id: 'cidr/network-overlap',
  severity: 'warning',
  *run(input) {
    const done = new Map<RegionIndex, Set<string>>();
    for (const view of input.links) {
      const { region, networkId } = view;
      const unread = networkId === undefined ? (unseen(view) ?? subnetsOf(view).missing) : undefined;
      if (unread !== undefined) {
        yield unsure(aboutLink(view), 'NETWORK_NOT_KNOWN', { link: view.name }, unread);
      }
      const seen = done.get(region) ?? new Set<string>();
      done.set(region, seen);
      if (networkId === undefined || seen.has(networkId)) continue;
      seen.add(networkId);
      yield* ofNetwork(input, region, networkId);
    }
  },
};

function* ofNetwork(input: CheckInput, region: RegionIndex, networkId: string): Iterable<Statement> {
  const about = aboutThings(undefined, thing('network', networkId));
  const own = region.find('networks', networkId);
  if (own.is === 'unknown') yield unsure(about, 'CONNECTIONS_NOT_READ', { network: networkId }, own.missing);
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
    yield fails(about, 'NETWORKS_OVERLAP', {
      params: { network: networkId, names: names.slice(0, 5), free },
      evidence: [
        ...evidence,
        ...wrong.slice(0, 10).map(({ other, block }) => ({
          kind: 'network',
          id: other.id,
          text: `${formatPrefix(block)}, through ${other.via}`,
        })),
      ],
    });
  } else if (missing !== undefined)
    yield unsure(about, 'CONNECTIONS_NOT_READ', { network: networkId }, missing, { evidence });
  else {
    yield holds(input, about, 'NETWORKS_APART', () => ({
      params: {
        networksCount: networks.length,
        network: networkId,
        networks: networks.map(({ id }) => id).slice(0, 10),
      },
      evidence,
    }));
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
 * Blocks of other networks that overlap the link's network. Overlaps among the other networks are not checked
 * here.
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
