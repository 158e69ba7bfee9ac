import type { Evidence, LinkView, Missing } from '@postern/core/check';
import { aboutLink, defineCheck, fail, freePrivate, otherSides, pass, tablesOf, unknown } from '@postern/core/checks';
import type { RouteEntry } from '@postern/core/snapshot';
import {
  blockLinks,
  isRead,
  overlapsBlock,
  otherBlock,
  otherBlockText,
  type OwnBlock,
  instanceBlockEvidence,
} from './own-block.js';

/** `cidr/instance-block-routes`. */
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
    for (const { view, instanceBlock, missing } of blockLinks(input.links)) {
      const about = aboutLink(view);
      if (!isRead(instanceBlock)) {
        yield say.ROUTES_NOT_READ(about, { link: view.name }, instanceBlock);
        continue;
      }
      const { region } = view.region.region;
      const key = [region, view.region.region.account, instanceBlock.text, ...view.subnetIds].join(' ');
      const found = memory.get(key) ?? meeting(view, instanceBlock);
      memory.set(key, found);
      const evidence = [instanceBlockEvidence(view, instanceBlock), ...found.evidence];
      const unread = missing ?? found.missing;
      if (found.evidence.length > 0) {
        const free = freePrivate([instanceBlock.prefix], 16);
        const instead = otherBlock(view, instanceBlock, input.now);
        const routes = found.evidence.map(({ text }) => text);
        yield say.ROUTES_OVERLAP(
          about,
          { routes, ownBlock: instanceBlock.text, link: view.name, free, instead },
          { evidence, words: { instead: otherBlockText(instead) } },
        );
      } else if (unread !== undefined) yield say.ROUTES_NOT_READ(about, { link: view.name }, unread, evidence);
      else yield say.ROUTES_APART(about, { ownBlock: instanceBlock.text }, evidence);
    }
  },
});

function meeting(
  view: LinkView,
  instanceBlock: OwnBlock,
): { readonly evidence: readonly Evidence[]; readonly missing?: Missing | undefined } {
  const { tables, missing } = tablesOf(view);
  const sides = otherSides(view);
  const routes = tables.flatMap(({ id, routes: entries = [] }) =>
    entries
      .filter(isWayOut)
      .flatMap(({ cidrBlock = '', nextHop }) =>
        overlapsBlock(instanceBlock.prefix, cidrBlock)
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
        .filter((text) => !text.endsWith('/0') && overlapsBlock(instanceBlock.prefix, text))
        .map((text) => ({ kind: 'route', id, text: `${text} of ${prefixListId} → ${nextHop.id ?? nextHop.kind}` }));
    }),
  );
  const peers = sides.blocks.flatMap(({ text, networkId, peeringId }) =>
    overlapsBlock(instanceBlock.prefix, text)
      ? [{ kind: 'peering', id: peeringId, text: `${text} of ${networkId}` }]
      : [],
  );
  return { evidence: [...routes, ...lists, ...peers], missing: missing ?? unread ?? sides.missing };
}

/** Default routes cover every address, so also the block: they are left out. */
function isWayOut({ nextHop, cidrBlock }: RouteEntry): boolean {
  return nextHop.kind !== 'local' && cidrBlock !== undefined && !cidrBlock.endsWith('/0');
}
