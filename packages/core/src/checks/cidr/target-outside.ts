import type { HowToAdd } from './words/target-outside.words.js';
import { stating, type Judgement } from '../../findings/statement.js';
import type { targetOutsideWords } from './words/target-outside.words.js';
import { formatPrefix, prefixOf } from '../../cidr/prefix.js';
import { reservedOverlap } from '../../cidr/reserved.js';
import { WIDTH, type Address } from '../../cidr/read-address.js';
import { PrefixSet } from '../../cidr/prefix-set.js';
import { isPrivate } from '../../kinds/private-host.js';
import type { LinkView } from '../../world/views.js';
import { backends, type BackedTarget } from '../../network/balancers/balancers.js';
import { kindTraitsOf, unseen } from '../../world/link-facts.js';
import { addressesOf, isPublicOnly, type Backend } from '../../network/balancers/backend.js';
import { readBlocks, readHost } from '../../network/block-set.js';
import { interfaceAt } from '../../network/sources/interface-at.js';
import { blockOwner, accessibleOf, blockEvidence, type Accessible } from './accessible.js';
import { blockLinks, INSTANCE_BLOCKS, isKnown, otherBlock, ownEvidence, type BlockLink } from './own-block.js';

const { fails, holds, unsure } = stating<(typeof targetOutsideWords)['says']>();

/** Whether a link has accessible blocks. */
const isOfInstance = ({ integration }: BackedTarget): boolean =>
  kindTraitsOf(integration.link).allowlist === 'accessible blocks';

/** `cidr/target-outside`. */
export const targetOutside: Judgement = {
  id: 'cidr/target-outside',
  severity: 'error',
  *run(input) {
    const memory = new Map<LinkView, Blocks>();
    for (const { integration, about, backend } of backends(input).filter(isOfInstance)) {
      const { link } = integration;
      const unread = unseen(link);
      if (unread !== undefined) {
        yield unsure(about, 'NOT_READ', { backend: backend.id, link: link.name }, unread);
        continue;
      }
      if (link.link === undefined && link.unresolved?.verdict === 'fail') continue;
      const known = memory.get(link) ?? blocksOf(link);
      memory.set(link, known);
      const { there, wanted, kept, accessible } = known;
      if (backend.kind === 'balancer' && backend.balancer.is === 'found' && isPublicOnly(backend.balancer.value))
        continue;
      const found = addressesOf(backend);
      if (found.is === 'absent') continue;
      if (found.is === 'unknown') {
        yield unsure(about, 'NOT_READ', { backend: backend.id, link: link.name }, found.missing);
        continue;
      }
      const addresses = found.value.flatMap((text) => {
        const address = readHost(text);
        return address === undefined ? [] : [{ text, address }];
      });
      const owned = ownStop(known.own, addresses, input.now);
      if (owned !== undefined && 'what' in owned) {
        yield unsure(about, 'OWN_BLOCK_NOT_READ', { backend: backend.id, link: link.name }, owned);
        continue;
      }
      if (owned !== undefined) {
        yield fails(about, 'IN_OWN_BLOCK', {
          params: {
            address: owned.text,
            block: owned.block,
            link: link.name,
            backend: backend.id,
            instead: owned.instead,
          },
          evidence: [{ kind: 'address', id: owned.text, text: `of ${backend.id}` }, owned.evidence],
        });
        continue;
      }
      const outside = addresses.filter(({ address }) => !there.has(address));
      const evidence = [
        { kind: 'address', id: found.value.join(', ') || backend.id, text: `of ${backend.id}` },
        ...accessible.blocks.filter(({ from }) => from !== 'spec').map((block) => blockEvidence(link, block)),
      ];
      const [first] = outside;
      const leaving = addresses.find(({ address }) => kept?.has(address) === false);
      if (addresses.length === 0) {
        const fact = {
          what: `the addresses of ${backend.id}`,
          remedy: `Check the private addresses of ${backend.id}.`,
        };
        yield unsure(about, 'NOT_READ', { backend: backend.id, link: link.name }, fact);
      } else if (first === undefined && leaving !== undefined) {
        yield fails(about, 'BLOCK_LEAVES', {
          params: {
            backend: backend.id,
            link: link.name,
            integration: integration.name,
            address: leaving.text,
            ...howToAdd(link, backend, leaving),
          },
          evidence,
        });
      } else if (first === undefined) {
        yield holds(input, about, 'INSIDE_BLOCKS', () => ({
          params: { backend: backend.id, link: link.name, addresses: found.value },
          evidence,
        }));
      } else if (accessible.missing !== undefined) {
        yield unsure(about, 'NOT_READ', { backend: backend.id, link: link.name }, accessible.missing, { evidence });
      } else {
        const planned = outside.every(({ address }) => wanted.has(address));
        yield fails(about, 'OUTSIDE_BLOCKS', {
          params: {
            backend: backend.id,
            link: link.name,
            address: first.text,
            planned,
            ...howToAdd(link, backend, first),
          },
          evidence,
        });
      }
    }
  },
};

interface Blocks {
  readonly there: PrefixSet;
  readonly wanted: PrefixSet;
  /** The part that remains: an allowlist of the spec is exact. Undefined if nothing is removed. */
  readonly kept: PrefixSet | undefined;
  readonly accessible: Accessible;
  readonly own: BlockLink | undefined;
}

/** An address as text, and read. */
interface Place {
  readonly text: string;
  readonly address: Address;
}

/**
 * The addresses that are in the instance's own block; why the block is unknown, where it could contain one.
 */
function ownStop(link: BlockLink | undefined, addresses: readonly Place[], now: number) {
  if (link === undefined) return undefined;
  const { own, view } = link;
  if (!isKnown(own)) {
    const could = PrefixSet.of(readBlocks(INSTANCE_BLOCKS));
    return addresses.some(({ address }) => could.has(address)) ? own : undefined;
  }
  const block = PrefixSet.of([own.prefix]);
  const inside = addresses.find(({ address }) => block.has(address));
  if (inside === undefined) return undefined;
  const instead = otherBlock(view, own, now);
  return { text: inside.text, block: own.text, evidence: ownEvidence(view, own), instead };
}

function blocksOf(link: LinkView): Blocks {
  const accessible = accessibleOf(link);
  const of = (isMeant: (from: string) => boolean): PrefixSet =>
    PrefixSet.of(
      accessible.blocks.flatMap(({ prefix, from }) => (prefix !== undefined && isMeant(from) ? [prefix] : [])),
    );
  return {
    // A new link is created with the list of the spec.
    there: of((from) => link.link === undefined || from !== 'spec'),
    wanted: of(() => true),
    kept:
      link.spec.allowlist === undefined || link.spec.owner === 'external' ? undefined : keptBlocks(link, accessible),
    accessible,
    own: [...blockLinks([link])][0],
  };
}

function keptBlocks({ spec }: LinkView, { blocks }: Accessible): PrefixSet {
  const fixed = blocks.flatMap(({ prefix, from }) => (from === 'subnet' && prefix !== undefined ? [prefix] : []));
  return PrefixSet.of([...fixed, ...readBlocks(spec.allowlist ?? [])]);
}

/** How an address becomes accessible, if it can: accessible blocks are of IPv4, and private. */
function howToAdd(link: LinkView, backend: Backend, { text, address }: Place): HowToAdd {
  const [kept] = reservedOverlap(prefixOf(address, WIDTH[address.family]), 'alibaba');
  return {
    owner: blockOwner(link),
    isIpv6: address.family === 6,
    isPublic: !isPrivate(text),
    kept: kept?.name,
    needed: blockAround(link, backend, text) ?? formatPrefix(prefixOf(address, WIDTH[address.family])),
  };
}

/** The block of the vSwitch that a backend is in: what to allow, since its address may change within. */
function blockAround(link: LinkView, backend: Backend, address: string): string | undefined {
  const subnetId =
    backend.kind === 'instance' && backend.instance.is === 'found'
      ? backend.instance.value.subnetId
      : backend.kind === 'balancer' && backend.balancer.is === 'found'
        ? backend.balancer.value.subnetIds[0]
        : interfaceAt(link.region, link.networkId, address)?.subnetId;
  const subnet = subnetId === undefined ? undefined : link.region.find('subnets', subnetId);
  return subnet?.is === 'found' ? subnet.value.cidrBlock : undefined;
}
