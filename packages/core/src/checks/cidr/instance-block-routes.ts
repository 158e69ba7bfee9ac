import type { RouteEntry } from '../../model/routing.js';
import type { LinkView, Missing } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import type { Evidence } from '../../findings/finding.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { freePrivate } from './free-block.js';
import { blockLinks, isKnown, meet, otherBlockText, ownEvidence, type OwnBlock } from './own-block.js';
import { otherSides, tablesOf } from './ways-out.js';

/** `cidr/instance-block-routes`. */
export const instanceBlockRoutes: Check = {
  id: 'cidr/instance-block-routes',
  title: "Peers and places on the premises lie apart from the instance's own block",
  severity: 'warning',
  about:
    'What the VPC reaches through a peering, a transit router, a VPN or a line is never reached from an integration instance where it has ' +
    "addresses of the instance's own block. Looked at are the routes of the vSwitches (default routes aside) and the blocks of peers. 172.16.0.0/12 " +
    'and 192.168.0.0/16 are common in offices and data centres.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run(input) {
    const memory = new Map<string, ReturnType<typeof meeting>>();
    for (const { view, own, missing } of blockLinks(input.links)) {
      const about = aboutLink(view);
      const whether = `routes and peers lie apart from the own block of link ${view.name}`;
      if (!isKnown(own)) {
        yield unsure(about, whether, own);
        continue;
      }
      const { region } = view.region.region;
      const key = [region, view.region.region.account, own.text, ...view.subnetIds].join(' ');
      const found = memory.get(key) ?? meeting(view, own);
      memory.set(key, found);
      const evidence = [ownEvidence(view, own), ...found.evidence];
      const unread = missing ?? found.missing;
      if (found.evidence.length > 0) {
        const free = freePrivate([own.prefix], 16);
        yield fails(about, {
          message: `${found.evidence.map(({ text }) => text).join('; ')}: inside ${own.text}, the own block of link ${view.name}, nothing of it is reached`,
          evidence,
          remedy: `Give what is to be called there addresses outside of ${own.text}${free === undefined ? '' : `, such as of ${free}`}, or ${otherBlockText(view, own, input.now)}.`,
        });
      } else if (unread !== undefined) yield unsure(about, whether, unread, { evidence });
      else yield holds(input, about, () => ({ message: `routes and peers lie apart from ${own.text}`, evidence }));
    }
  },
};

function meeting(
  view: LinkView,
  own: OwnBlock,
): { readonly evidence: readonly Evidence[]; readonly missing?: Missing | undefined } {
  const { tables, missing } = tablesOf(view);
  const sides = otherSides(view);
  const routes = tables.flatMap(({ id, routes: entries = [] }) =>
    entries
      .filter(isWayOut)
      .flatMap(({ cidrBlock = '', nextHop }) =>
        meet(own.prefix, cidrBlock)
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
        const what = `the blocks of prefix list ${prefixListId}`;
        unread ??= list.is === 'unknown' ? list.missing : { what, remedy: `Look at the blocks of ${prefixListId}.` };
        return [];
      }
      return list.value.cidrBlocks
        .filter((text) => !text.endsWith('/0') && meet(own.prefix, text))
        .map((text) => ({ kind: 'route', id, text: `${text} of ${prefixListId} → ${nextHop.id ?? nextHop.kind}` }));
    }),
  );
  const peers = sides.blocks.flatMap(({ text, networkId, peeringId }) =>
    meet(own.prefix, text) ? [{ kind: 'peering', id: peeringId, text: `${text} of ${networkId}` }] : [],
  );
  return { evidence: [...routes, ...lists, ...peers], missing: missing ?? unread ?? sides.missing };
}

/** Default routes lead everywhere, and so to the block as well: they say nothing. */
function isWayOut({ nextHop, cidrBlock }: RouteEntry): boolean {
  return nextHop.kind !== 'local' && cidrBlock !== undefined && !cidrBlock.endsWith('/0');
}
