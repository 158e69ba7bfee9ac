import { aboutThings, thing } from '../../findings/subject.js';
import { formatPrefix, overlaps, type Prefix } from '../../cidr/prefix.js';
import { PrefixSet } from '../../cidr/prefix-set.js';
import type { CheckInput, RegionIndex } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { subnetsOf } from '../../world/subnets-of.js';
import { unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { readBlocks } from '../../network/block-set.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { connectedNetworks, type Connected } from './connected.js';
import { freePrivate } from './free-block.js';

/** `cidr/network-overlap`. */
export const networkOverlap: Check = {
  id: 'cidr/network-overlap',
  title: "The link's network overlaps no network that it is connected to",
  severity: 'warning',
  about:
    'Two networks that are joined by a peering or a transit gateway and have addresses in common never reach each other there: each ' +
    "keeps such packets to itself, since the local route wins. A target in the common part is another network's, or none at all. AWS " +
    'refuses peerings of overlapping networks, but takes them at one transit gateway, where the second attachment is not propagated.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
  ],
  *run(input) {
    const done = new Map<RegionIndex, Set<string>>();
    for (const view of input.links) {
      const { region, networkId } = view;
      const unread = networkId === undefined ? (unseen(view) ?? subnetsOf(view).missing) : undefined;
      if (unread !== undefined) {
        yield unsure(aboutLink(view), `the network of link ${view.name} overlaps none that it is connected to`, unread);
      }
      const seen = done.get(region) ?? new Set<string>();
      done.set(region, seen);
      if (networkId === undefined || seen.has(networkId)) continue;
      seen.add(networkId);
      yield* ofNetwork(input, region, networkId);
    }
  },
};

function* ofNetwork(input: CheckInput, region: RegionIndex, networkId: string): Iterable<Outcome> {
  const about = aboutThings(undefined, thing('network', networkId));
  const whether = `${networkId} overlaps no network that it is connected to`;
  const own = region.find('networks', networkId);
  if (own.is === 'unknown') yield unsure(about, whether, own.missing);
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
      const at = `${other.id} (by ${other.via})`;
      return theirs === ours ? `${theirs} is also that of ${at}` : `${theirs} of ${at} overlaps its own ${ours}`;
    });
    yield fails(about, {
      message: `${networkId} overlaps networks that it is connected to, and cannot reach the common addresses there: ${names.slice(0, 5).join('; ')}`,
      evidence: [
        ...evidence,
        ...wrong.slice(0, 10).map(({ other, block }) => ({
          kind: 'network',
          id: other.id,
          text: `${formatPrefix(block)}, by ${other.via}`,
        })),
      ],
      remedy: `Move what is to be called into a block that no connected network has${free === undefined ? '' : `, such as ${free}`}, or reach it through a load balancer or endpoint in ${networkId}.`,
    });
  } else if (missing !== undefined) yield unsure(about, whether, missing, { evidence });
  else {
    yield holds(input, about, () => ({
      message:
        networks.length === 0
          ? `${networkId} is connected to no other network`
          : `${networkId} overlaps none of ${networks
              .map(({ id }) => id)
              .slice(0, 10)
              .join(', ')}`,
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

/** Blocks of other networks that share addresses with one of ours. Others may well overlap each other: nobody asks that here. */
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
