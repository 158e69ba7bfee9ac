import type { LinkView } from '@postern/core/check';
import {
  type Accessible,
  accessibleOf,
  addressesOf,
  addText,
  type BackedTarget,
  type Backend,
  backends,
  blockEvidence,
  type BlockOwner,
  blockOwner,
  defineCheck,
  interfaceAt,
  isPrivate,
  isPublicOnly,
  kindTraitsOf,
  readAddress,
  readBlocks,
  unseen,
} from '@postern/core/checks';
import { type Address, formatPrefix, prefixOf, PrefixSet, reservedOverlap, WIDTH } from '@postern/core/cidr';
import { type BlockLink, blockLinks, isKnown, otherBlock, otherBlockText, ownEvidence } from './own-block.js';
import { INSTANCE_CIDRS } from '../../integration-instance/instance-cidrs.js';

/** Whether a link has accessible blocks. */
const isOfInstance = ({ integration }: BackedTarget): boolean =>
  kindTraitsOf(integration.link).allowlist === 'accessible blocks';

/** `cidr/target-outside`. */
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
  codes: ['NOT_READ', 'OWN_BLOCK_NOT_READ', 'IN_OWN_BLOCK', 'BLOCK_LEAVES', 'INSIDE_BLOCKS', 'OUTSIDE_BLOCKS'],
  *run(input, say) {
    const memory = new Map<LinkView, Blocks>();
    for (const { integration, about, backend } of backends(input).filter(isOfInstance)) {
      const { link } = integration;
      const unread = unseen(link);
      if (unread !== undefined) {
        yield say.unknown(about, 'NOT_READ', { backend: backend.id, link: link.name }, unread, notRead);
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
        yield say.unknown(about, 'NOT_READ', { backend: backend.id, link: link.name }, found.missing, notRead);
        continue;
      }
      const addresses = found.value.flatMap((text) => {
        const address = readAddress(text);
        return address === undefined ? [] : [{ text, address }];
      });
      const owned = ownStop(known.own, addresses, input.now);
      if (owned !== undefined && 'what' in owned) {
        yield say.unknown(
          about,
          'OWN_BLOCK_NOT_READ',
          { backend: backend.id, link: link.name },
          owned,
          (p) => `${p.backend} is outside of the instance CIDR block of link ${p.link}`,
        );
        continue;
      }
      if (owned !== undefined) {
        yield say.fail(
          about,
          'IN_OWN_BLOCK',
          {
            address: owned.text,
            block: owned.block,
            link: link.name,
            backend: backend.id,
            instead: owned.instead,
          },
          (p) => ({
            message: `${at(p.backend, p.address)} in ${p.block}, the instance CIDR block of link ${p.link}: a backend with such an address is never reached`,
            remedy: `Give ${p.backend} an address outside of ${p.block}, or ${otherBlockText(p.instead)}.`,
            evidence: [{ kind: 'address', id: owned.text, text: `of ${backend.id}` }, owned.evidence],
          }),
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
        yield say.unknown(about, 'NOT_READ', { backend: backend.id, link: link.name }, fact, notRead);
      } else if (first === undefined && leaving !== undefined) {
        yield say.fail(
          about,
          'BLOCK_LEAVES',
          {
            backend: backend.id,
            link: link.name,
            integration: integration.name,
            address: leaving.text,
            ...howToAdd(link, backend, leaving),
          },
          (params) => ({
            message: `${at(params.backend, params.address)} in a block that links.${params.link}.allowlist no longer lists: \`postern apply\` refuses to remove the block while ${params.integration} uses it`,
            remedy: addRemedy(params),
            evidence,
          }),
        );
      } else if (first === undefined) {
        yield say.pass(
          about,
          'INSIDE_BLOCKS',
          () => ({ backend: backend.id, link: link.name, addresses: found.value }),
          (p) => ({
            message: `${p.backend} is inside the accessible blocks of link ${p.link}: ${p.addresses.join(', ')}`,
            evidence,
          }),
        );
      } else if (accessible.missing !== undefined) {
        yield say.unknown(about, 'NOT_READ', { backend: backend.id, link: link.name }, accessible.missing, (p) => ({
          whether: notRead(p),
          evidence,
        }));
      } else {
        const planned = outside.every(({ address }) => wanted.has(address));
        yield say.fail(
          about,
          'OUTSIDE_BLOCKS',
          {
            backend: backend.id,
            link: link.name,
            address: first.text,
            planned,
            ...howToAdd(link, backend, first),
          },
          (params) => ({
            message: `${at(params.backend, params.address)} outside of the accessible blocks of link ${params.link}: the service reports "instance cannot connect the backend ${params.address}"`,
            remedy: params.planned
              ? `Run \`postern apply\`: it adds the block that links.${params.link}.allowlist lists for it.`
              : addRemedy(params),
            mendedBy: params.planned ? 'apply' : undefined,
            evidence,
          }),
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
    const could = PrefixSet.of(readBlocks(INSTANCE_CIDRS));
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
  const ofCloud = link.region.clouds.network(link.region.region).reserved?.ranges;
  const [kept] = reservedOverlap(prefixOf(address, WIDTH[address.family]), ofCloud);
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

function notRead({ backend, link }: { readonly backend: string; readonly link: string }): string {
  return `${backend} is inside the accessible blocks of link ${link}`;
}

/** How an address becomes accessible, if it can. */
export interface HowToAdd {
  readonly owner: BlockOwner;
  readonly isIpv6: boolean;
  readonly isPublic: boolean;
  /** The range of the cloud's own that contains it. */
  readonly kept?: string | undefined;
  /** The block to allow: that of the vSwitch, since the address may change within. */
  readonly needed: string;
}

interface At {
  readonly backend: string;
  readonly address: string;
  readonly link: string;
}

function addRemedy({ owner, isIpv6, isPublic, kept, needed, backend, address }: HowToAdd & At): string {
  if (isIpv6) return `Name an IPv4 address of ${backend}: accessible blocks are IPv4 only.`;
  if (isPublic) return `Name a private address of ${backend}: ${address} is a public address.`;
  if (kept !== undefined) return `Name an address of the network: ${address} is ${kept}.`;
  return addText(owner, needed);
}

/** Where a backend is. A backend that is known by its address is named once. */
function at(id: string, address: string): string {
  return id.includes(address) ? `${id} is` : `${id} is at ${address},`;
}
