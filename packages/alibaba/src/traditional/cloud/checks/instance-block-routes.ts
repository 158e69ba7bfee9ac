import type { Evidence, LinkView, Missing } from '@postern/core/internal/check';
import {
  aboutLink,
  defineCheck,
  fail,
  freePrivate,
  otherSides,
  pass,
  tablesOf,
  unknown,
  freeInNetwork,
  subnetEvidence,
  subnetsOfNetwork,
  accessibleOf,
  blockEvidence,
} from '@postern/core/internal/checks';
import type { RouteEntry } from '@postern/core/internal/snapshot';
import { blockLinks, isRead, overlap, otherBlock, otherBlockText, type OwnBlock, cidrEvidence } from './own-block.js';

export const instanceBlockRoutes = defineCheck({
  id: 'cidr/instance-block-routes',
  severity: 'warning',
  title: 'Peer networks and on-premises networks do not overlap the instance CIDR block',
  about:
    'An integration instance never reaches addresses inside its instance CIDR block. This also holds for addresses that the VPC ' +
    'reaches through a peering, a transit router, a VPN or a leased line. The check reads the routes of the vSwitches (except default ' +
    'routes) and the CIDR blocks of peers. 172.16.0.0/12 and 192.168.0.0/16 are common in offices and data centers.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: {
    ROUTES_NOT_READ: unknown('routes or peers overlap the instance CIDR block of link {link}'),
    ROUTES_OVERLAP: fail(
      'routes or peers overlap {ownBlock}, the instance CIDR block of link {link}, and are not reached there: {routes:;}',
      'Give the backends there addresses outside of {ownBlock}[, such as in {free}], or {instead}.',
    ),
    ROUTES_APART: pass('routes and peers do not overlap {ownBlock}'),
  },
  *run(input, say) {
    const memory = new Map<string, ReturnType<typeof meeting>>();
    for (const { view, cidr, missing } of blockLinks(input.links)) {
      const about = aboutLink(view);
      if (!isRead(cidr)) {
        yield say.ROUTES_NOT_READ(about, { link: view.name }, cidr);
        continue;
      }

      const { region } = view.region.region;
      const key = [region, view.region.region.account, cidr.text, ...view.subnetIds].join(' ');
      const found = memory.get(key) ?? meeting(view, cidr);
      memory.set(key, found);
      const evidence = [cidrEvidence(view, cidr), ...found.evidence];
      const unread = missing ?? found.missing;
      if (found.evidence.length > 0) {
        const free = freePrivate([cidr.prefix], 16);
        const instead = otherBlock(view, cidr, input.now);
        const routes = found.evidence.map(({ text }) => text);
        yield say.ROUTES_OVERLAP(
          about,
          { routes, ownBlock: cidr.text, link: view.name, free, instead },
          { evidence, words: { instead: otherBlockText(instead) } },
        );
      } else if (unread !== undefined) yield say.ROUTES_NOT_READ(about, { link: view.name }, unread, evidence);
      else yield say.ROUTES_APART(about, { ownBlock: cidr.text }, evidence);
    }
  },
});

function meeting(
  view: LinkView,
  cidr: OwnBlock,
): { readonly evidence: readonly Evidence[]; readonly missing?: Missing | undefined } {
  const { tables, missing } = tablesOf(view);
  const sides = otherSides(view);
  const routes = tables.flatMap(({ id, routes: entries = [] }) =>
    entries
      .filter(isWayOut)
      .flatMap(({ cidrBlock = '', nextHop }) =>
        overlap(cidr.prefix, cidrBlock)
          ? [{ kind: 'route', id, text: `${cidrBlock} → ${nextHop.id ?? nextHop.kind}` }]
          : [],
      ),
  );
  let unread: Missing | undefined;
  const lists = tables.flatMap(({ id, routes: entries = [] }) =>
    entries.flatMap(({ prefixListId, nextHop }) => {
      if (prefixListId === undefined || nextHop.kind === 'local') return [];

      const list = view.region.find('prefixLists', prefixListId);
      if (list.is !== 'found' || list.value.cidrBlocks === undefined) {
        const what = `the entries of prefix list ${prefixListId}`;
        unread ??= list.is === 'unknown' ? list.missing : { what, remedy: `Check the entries of ${prefixListId}.` };
        return [];
      }

      return list.value.cidrBlocks
        .filter((text) => !text.endsWith('/0') && overlap(cidr.prefix, text))
        .map((text) => ({ kind: 'route', id, text: `${text} of ${prefixListId} → ${nextHop.id ?? nextHop.kind}` }));
    }),
  );
  const peers = sides.blocks.flatMap(({ text, networkId, peeringId }) =>
    overlap(cidr.prefix, text) ? [{ kind: 'peering', id: peeringId, text: `${text} of ${networkId}` }] : [],
  );
  return { evidence: [...routes, ...lists, ...peers], missing: missing ?? unread ?? sides.missing };
}

/** Default routes cover every address, so also the block: they are left out. */
function isWayOut({ nextHop, cidrBlock }: RouteEntry): boolean {
  return nextHop.kind !== 'local' && cidrBlock !== undefined && !cidrBlock.endsWith('/0');
}

export const instanceBlockNetwork = defineCheck({
  id: 'cidr/instance-block-network',
  severity: 'warning',
  title: 'The CIDR blocks of the VPC, secondary ones included, do not overlap the instance CIDR block',
  about:
    'The service compares the CIDR block of an integration instance with its vSwitches only. If it overlaps another part of the VPC, such as a secondary CIDR block, calls work until a backend is placed there. That backend is never reached.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: {
    NETWORK_NOT_READ: unknown('the CIDR blocks of {network|its VPC} overlap the instance CIDR block of link {link}'),
    NETWORK_APART: pass('{network} does not overlap {ownBlock}'),
    NETWORK_OVERLAPS: fail(
      '{inside} of {network} overlaps {ownBlock}, the instance CIDR block of link {link}: a backend in both is never reached',
      'Place backends outside of {ownBlock}[ ({free} is free in {network})], or {instead}.',
    ),
  },
  *run(input, say) {
    for (const { view, cidr } of blockLinks(input.links)) {
      const { region, networkId } = view;
      const about = aboutLink(view);
      const on = { network: networkId, link: view.name };
      if (!isRead(cidr)) {
        yield say.NETWORK_NOT_READ(about, on, cidr);
        continue;
      }
      if (networkId === undefined) continue;

      const network = region.find('networks', networkId);
      if (network.is === 'unknown') yield say.NETWORK_NOT_READ(about, on, network.missing, [cidrEvidence(view, cidr)]);
      if (network.is !== 'found') continue;

      const inside = network.value.cidrBlocks.filter((text) => overlap(cidr.prefix, text));
      const subnets =
        inside.length === 0
          ? []
          : subnetsOfNetwork(region, networkId).filter(({ cidrBlock }) => overlap(cidr.prefix, cidrBlock));
      const evidence = [
        cidrEvidence(view, cidr),
        ...network.value.cidrBlocks.map((text) => ({ kind: 'network', id: networkId, text })),
        ...subnets.slice(0, 5).map((subnet) => subnetEvidence(subnet)),
      ];
      if (inside.length === 0) {
        yield say.NETWORK_APART(about, { network: networkId, ownBlock: cidr.text }, evidence);
        continue;
      }

      const free = freeInNetwork(region, networkId, 24, [cidr.prefix]);
      const instead = otherBlock(view, cidr, input.now);
      yield say.NETWORK_OVERLAPS(
        about,
        { inside, network: networkId, ownBlock: cidr.text, link: view.name, free, instead },
        { evidence, words: { instead: otherBlockText(instead) } },
      );
    }
  },
});

export const instanceBlockAccessible = defineCheck({
  id: 'cidr/instance-block-accessible',
  severity: 'warning',
  title: 'The accessible blocks do not overlap the instance CIDR block',
  about:
    "Addresses of the instance CIDR block are on the gateway's side of an integration instance. A resource of the network with such an address is never reached, whatever the accessible blocks are. The service accepts such blocks without a warning.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: {
    BLOCKS_NOT_READ: unknown('the accessible blocks of link {link} overlap its instance CIDR block'),
    BLOCKS_OVERLAP: fail(
      '{inside} overlaps {ownBlock}, the instance CIDR block of link {link}: backends with such addresses are never reached',
      'Give these backends addresses outside of {ownBlock}[ ({free} is free in {network})], or {instead}.',
    ),
    BLOCKS_APART: pass('the accessible blocks of link {link} do not overlap {ownBlock}'),
  },
  *run(input, say) {
    for (const { view, cidr } of blockLinks(input.links)) {
      const { blocks, missing } = accessibleOf(view);
      const about = aboutLink(view);
      if (!isRead(cidr)) {
        yield say.BLOCKS_NOT_READ(about, { link: view.name }, cidr);
        continue;
      }

      const inside = blocks.filter(({ text, from }) => from !== 'subnet' && overlap(cidr.prefix, text));
      const evidence = [cidrEvidence(view, cidr), ...inside.map((block) => blockEvidence(view, block))];
      if (inside.length > 0) {
        const [bits = 24] = inside.flatMap(({ prefix }) => prefix?.bits ?? []);
        const free = freeInNetwork(view.region, view.networkId, Math.max(bits, 24), [cidr.prefix]);
        const instead = otherBlock(view, cidr, input.now);
        yield say.BLOCKS_OVERLAP(
          about,
          {
            inside: inside.map(({ text }) => text),
            ownBlock: cidr.text,
            link: view.name,
            free,
            network: view.networkId,
            instead,
          },
          { evidence, words: { instead: otherBlockText(instead) } },
        );
      } else if (missing !== undefined) yield say.BLOCKS_NOT_READ(about, { link: view.name }, missing, evidence);
      else yield say.BLOCKS_APART(about, { link: view.name, ownBlock: cidr.text }, evidence);
    }
  },
});
