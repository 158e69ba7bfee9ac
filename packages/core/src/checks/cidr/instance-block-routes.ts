import { stating, type Judgement } from '../../findings/statement.js';
import type { instanceBlockRoutesWords } from './words/instance-block-routes.words.js';
import type { RouteEntry } from '../../model/routing.js';
import type { LinkView, Missing } from '../../world/views.js';
import type { Evidence } from '../../findings/finding.js';
import { aboutLink } from '../../findings/about.js';
import { freePrivate } from './free-block.js';
import { blockLinks, isKnown, meet, otherBlock, ownEvidence, type OwnBlock } from './own-block.js';
import { otherSides, tablesOf } from './ways-out.js';

const { fails, holds, unsure } = stating<(typeof instanceBlockRoutesWords)['says']>();

/** `cidr/instance-block-routes`. */
export const instanceBlockRoutes: Judgement = {
  id: 'cidr/instance-block-routes',
  severity: 'warning',
  *run(input) {
    const memory = new Map<string, ReturnType<typeof meeting>>();
    for (const { view, own, missing } of blockLinks(input.links)) {
      const about = aboutLink(view);
      if (!isKnown(own)) {
        yield unsure(about, 'ROUTES_NOT_READ', { link: view.name }, own);
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
        yield fails(about, 'ROUTES_OVERLAP', {
          params: {
            routes: found.evidence.map(({ text }) => text),
            ownBlock: own.text,
            link: view.name,
            free,
            instead: otherBlock(view, own, input.now),
          },
          evidence,
        });
      } else if (unread !== undefined)
        yield unsure(about, 'ROUTES_NOT_READ', { link: view.name }, unread, { evidence });
      else yield holds(input, about, 'ROUTES_APART', () => ({ params: { ownBlock: own.text }, evidence }));
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
        const what = `the entries of prefix list ${prefixListId}`;
        unread ??= list.is === 'unknown' ? list.missing : { what, remedy: `Check the entries of ${prefixListId}.` };
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

/** Default routes cover every address, so also the block: they are left out. */
function isWayOut({ nextHop, cidrBlock }: RouteEntry): boolean {
  return nextHop.kind !== 'local' && cidrBlock !== undefined && !cidrBlock.endsWith('/0');
}
