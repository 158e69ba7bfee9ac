import type { Judgement } from '../../findings/statement.js';
import { aboutLink } from '../../findings/about.js';
import type { LinkView, Unresolved } from '../../world/views.js';
import { standsInSubnets } from '../../world/link-facts.js';

/** A link that the spec adopts, and all other resources that it names for a link, must exist. */
export const linkExists: Judgement = {
  id: 'link/exists',
  severity: 'error',
  *run({ links }) {
    for (const view of links) {
      const { name, link } = view;
      const about = aboutLink(view);
      // That a group is of another network is for link/group-network to say: it is there.
      const troubles = view.troubles.filter((one) => !isOfGroup(view, one));
      const worst = troubles.find(({ verdict }) => verdict === 'fail') ?? troubles[0];
      if (worst !== undefined) {
        const { verdict } = worst;
        // A failed read is less specific than a missing resource, and may concern the same resource.
        const told = troubles.filter((one) => one.verdict === verdict);
        yield {
          verdict,
          evidence: told.map(({ code, message }) => ({
            kind: 'spec',
            id: `links.${name}`,
            text: `${code}: ${message}`,
          })),
          code: 'NOT_RESOLVED',
          params: {
            errors: distinct(told.map(({ code }) => code)),
            troubles: distinct(told.map(({ message }) => message)),
            remedies: distinct(told.flatMap(({ remedy }) => remedy ?? [])),
          },
          missing: told.find(({ missing }) => missing !== undefined)?.missing,
          ...about,
        };
      } else {
        yield {
          verdict: 'pass',
          evidence: link === undefined ? [] : [{ kind: 'link', id: link.id, text: link.name }],
          code: 'EXISTS',
          params: { hasLink: link !== undefined, linkId: link?.id },
          ...about,
        };
      }
    }
  },
};

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/**
 * Whether the problem is that a group of a link to be created is of another network, as the plan reports it.
 */
function isOfGroup(view: LinkView, { code, details }: Unresolved): boolean {
  if (code !== 'WRONG_NETWORK' || view.link !== undefined || view.networkId === undefined || !standsInSubnets(view))
    return false;
  return view.securityGroupIds.some((id) => {
    const group = view.region.find('securityGroups', id);
    return group.is === 'found' && group.value.networkId !== view.networkId && details?.['securityGroup'] === id;
  });
}
