import { aboutLink } from '../../findings/about.js';
import type { LinkView, Unresolved } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { standsInSubnets } from '../../world/link-facts.js';

/** A link that the spec adopts, and whatever else it names for a link, has to be there. */
export const linkExists: Check = {
  id: 'link/exists',
  title: 'What the spec names of the link is there',
  severity: 'error',
  about:
    'The link that `id` names (or a look-up by name or tag finds), its network, its subnets and its security groups are looked for in ' +
    'the snapshot. What a list lacks that was read to its end does not exist; where a call was refused, the verdict is unknown and names the ' +
    'permission. A link that the spec declares with subnets need not be there yet: it would be created.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  *run({ links }) {
    for (const view of links) {
      const { name, link } = view;
      const about = aboutLink(view);
      // That a group is of another network is for link/group-network to say: it is there.
      const troubles = view.troubles.filter((one) => !isOfGroup(view, one));
      const worst = troubles.find(({ verdict }) => verdict === 'fail') ?? troubles[0];
      if (worst !== undefined) {
        const { verdict } = worst;
        // What could not be read says less than what is surely not there, and may be the same thing.
        const told = troubles.filter((one) => one.verdict === verdict);
        const remedies = distinct(told.flatMap(({ remedy }) => remedy ?? []));
        yield {
          ...about,
          verdict,
          message: distinct(told.map(({ message }) => message)).join('; '),
          evidence: told.map(({ code, message }) => ({
            kind: 'spec',
            id: `links.${name}`,
            text: `${code}: ${message}`,
          })),
          ...(remedies.length === 0 ? {} : { remedy: remedies.join(' ') }),
        };
      } else {
        yield {
          ...about,
          verdict: 'pass',
          message: link === undefined ? 'all that it would be created from is there' : `it is there: ${link.id}`,
          evidence: link === undefined ? [] : [{ kind: 'link', id: link.id, text: link.name }],
        };
      }
    }
  },
};

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** Whether what is wrong is that a group of a link that would be made is of another network, as the plan says it. */
function isOfGroup(view: LinkView, { code, message }: Unresolved): boolean {
  if (code !== 'WRONG_NETWORK' || view.link !== undefined || view.networkId === undefined || !standsInSubnets(view))
    return false;
  return view.securityGroupIds.some((id) => {
    const group = view.region.find('securityGroups', id);
    return (
      group.is === 'found' && group.value.networkId !== view.networkId && message.startsWith(`security group ${id} `)
    );
  });
}
