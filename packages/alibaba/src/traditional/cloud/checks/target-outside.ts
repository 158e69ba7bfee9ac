import type { LinkView } from '@postern/core/internal/check';
import {
  type Accessible,
  accessibleOf,
  addressesOf,
  addText,
  type BackedTarget,
  type Backend,
  backends,
  blockEvidence,
  blockOwner,
  defineCheck,
  fail,
  interfaceAt,
  isPrivate,
  isPublicOnly,
  pass,
  readAddress,
  readBlocks,
  unknown,
  unseen,
} from '@postern/core/internal/checks';
import { type Address, formatPrefix, prefixOf, PrefixSet, reservedOverlap, WIDTH } from '@postern/core/internal/cidr';
import { type BlockLink, blockLinks, isRead, otherBlock, otherBlockText, cidrEvidence } from './own-block.js';
import { INSTANCE_CIDRS } from '../blocks.js';

/** Whether a link has accessible blocks. */
const isOfInstance = ({ integration }: BackedTarget): boolean =>
  integration.link.traits.allowlist === 'accessible blocks';

/** How an address becomes accessible, if it can. */
const ADD =
  'if isIpv6: Name an IPv4 address of {backend}: accessible blocks are IPv4 only.|if isPublic: Name a private address of {backend}: {address} is a public address.|Name an address of the network: {address} is {kept}.|{add}';

export const targetOutside = defineCheck({
  id: 'cidr/target-outside',
  severity: 'error',
  title: 'The address of the target is inside the accessible blocks',
  about:
    'An integration instance of Alibaba Cloud reaches only the addresses of its accessible blocks, which initially are those of its ' +
    'own vSwitches. The service checks this when an API is published and when a group is moved, and refuses with "instance cannot ' +
    'connect the backend x.x.x.x". `postern apply` adds a block that the spec lists and that is not there yet. An address in the ' +
    "instance CIDR block is never reached, whatever the accessible blocks are. On AWS the allowlist is part of the link's security " +
    'group: see `path/*`.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: {
    NOT_READ: unknown('{backend} is inside the accessible blocks of link {link}'),
    OWN_BLOCK_NOT_READ: unknown('{backend} is outside of the instance CIDR block of link {link}'),
    IN_OWN_BLOCK: fail(
      '{backend} is[ at {place},] in {block}, the instance CIDR block of link {link}: a backend with such an address is never reached',
      'Give {backend} an address outside of {block}, or {instead}.',
    ),
    BLOCK_LEAVES: fail(
      '{backend} is[ at {place},] in a block that links.{link}.allowlist no longer lists: `postern apply` refuses to remove the block while {integration} uses it',
      `[${ADD}]`,
    ),
    INSIDE_BLOCKS: pass('{backend} is inside the accessible blocks of link {link}: {addresses}'),
    OUTSIDE_BLOCKS: fail(
      '{backend} is[ at {place},] outside of the accessible blocks of link {link}: the service reports "instance cannot connect the backend {address}"',
      `[if planned: Run \`postern apply\`: it adds the block that links.{link}.allowlist lists for it.|${ADD}]`,
    ),
  },
  *run(input, say) {
    const memory = new Map<LinkView, Blocks>();
    for (const { integration, about, backend } of backends(input).filter(isOfInstance)) {
      const { link } = integration;
      const on = { backend: backend.id, link: link.name };
      const unread = unseen(link);
      if (unread !== undefined) {
        yield say.NOT_READ(about, on, unread);
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
        yield say.NOT_READ(about, on, found.missing);
        continue;
      }

      const addresses = found.value.flatMap((text) => {
        const address = readAddress(text);
        return address === undefined ? [] : [{ text, address }];
      });
      const owned = ownStop(known.blockLink, addresses, input.now);
      if (owned !== undefined && 'what' in owned) {
        yield say.OWN_BLOCK_NOT_READ(about, on, owned);
        continue;
      }
      if (owned !== undefined) {
        const { text: address, block, instead } = owned;
        yield say.IN_OWN_BLOCK(
          about,
          { address, block, link: link.name, backend: backend.id, instead },
          {
            evidence: [{ kind: 'address', id: address, text: `of ${backend.id}` }, owned.evidence],
            words: { place: placeOf(backend, address), instead: otherBlockText(instead) },
          },
        );
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
        yield say.NOT_READ(about, on, fact);
      } else if (first === undefined && leaving !== undefined) {
        const { words, ...how } = howToAdd(link, backend, leaving);
        yield say.BLOCK_LEAVES(
          about,
          { ...on, integration: integration.name, address: leaving.text, ...how },
          { evidence, words },
        );
      } else if (first === undefined) yield say.INSIDE_BLOCKS(about, { ...on, addresses: found.value }, evidence);
      else if (accessible.missing !== undefined) yield say.NOT_READ(about, on, accessible.missing, evidence);
      else {
        const planned = outside.every(({ address }) => wanted.has(address));
        const { words, ...how } = howToAdd(link, backend, first);
        yield say.OUTSIDE_BLOCKS(
          about,
          { ...on, address: first.text, planned, ...how },
          { evidence, mendedBy: planned ? 'apply' : undefined, words },
        );
      }
    }
  },
});

interface Blocks {
  readonly there: PrefixSet;
  readonly wanted: PrefixSet;
  /** The part that remains: an allowlist of the spec is exact. Undefined if nothing is removed. */
  readonly kept: PrefixSet | undefined;
  readonly accessible: Accessible;
  readonly blockLink: BlockLink | undefined;
}

/** An address as text, and read. */
interface Place {
  readonly text: string;
  readonly address: Address;
}

/** The addresses that are in the instance's own block; why the block is unknown, where it could contain one. */
function ownStop(link: BlockLink | undefined, addresses: readonly Place[], now: number) {
  if (link === undefined) return undefined;

  const { cidr, view } = link;
  if (!isRead(cidr)) {
    const could = PrefixSet.of(readBlocks(INSTANCE_CIDRS));
    return addresses.some(({ address }) => could.has(address)) ? cidr : undefined;
  }

  const block = PrefixSet.of([cidr.prefix]);
  const inside = addresses.find(({ address }) => block.has(address));
  if (inside === undefined) return undefined;

  const instead = otherBlock(view, cidr, now);
  return { text: inside.text, block: cidr.text, evidence: cidrEvidence(view, cidr), instead };
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
    blockLink: [...blockLinks([link])][0],
  };
}

function keptBlocks({ spec }: LinkView, { blocks }: Accessible): PrefixSet {
  const fixed = blocks.flatMap(({ prefix, from }) => (from === 'subnet' && prefix !== undefined ? [prefix] : []));
  return PrefixSet.of([...fixed, ...readBlocks(spec.allowlist ?? [])]);
}

/** How an address becomes accessible, if it can: accessible blocks are of IPv4, and private. */
function howToAdd(link: LinkView, backend: Backend, { text, address }: Place) {
  const ofCloud = link.region.clouds.network(link.region.region).reserved?.ranges;
  const [kept] = reservedOverlap(prefixOf(address, WIDTH[address.family]), ofCloud);
  const owner = blockOwner(link);
  // That of the vSwitch, since the address may change within.
  const needed = blockAround(link, backend, text) ?? formatPrefix(prefixOf(address, WIDTH[address.family]));
  return {
    owner,
    isIpv6: address.family === 6,
    isPublic: !isPrivate(text),
    /** The range of the cloud's own that contains it. */
    kept: kept?.name,
    needed,
    words: { place: placeOf(backend, text), add: addText(owner, needed) },
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

/** The address of a backend. A backend that is known by its address is named once. */
function placeOf({ id }: Backend, address: string): string | undefined {
  return id.includes(address) ? undefined : address;
}
