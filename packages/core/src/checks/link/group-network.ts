import type { SecurityGroup } from '../../model/network.js';
import type { Check, Missing } from '../check.js';
import { aboutLink, linkText, standsInSubnets, unreadOf } from '../words/about.js';
import { fails, holds, unsure } from '../words/outcome.js';

/** `link/group-network`. */
export const groupNetwork: Check = {
  id: 'link/group-network',
  title: 'The security groups of the link belong to its network, and to one kind',
  severity: 'error',
  about:
    'A security group belongs to one network, and a network interface takes only groups of its own. On Alibaba Cloud an interface ' +
    'takes either basic or enterprise groups, never both. A link with other groups is refused.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    'https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44',
  ],
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const about = aboutLink(view);
      const unread = unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        yield unsure(about, `the groups of link ${view.name} belong to its network`, unread);
        continue;
      }
      if (view.securityGroupIds.length === 0 || view.networkId === undefined) continue;
      const found: SecurityGroup[] = [];
      let missing: Missing | undefined;
      for (const id of view.securityGroupIds) {
        const group = view.region.find('securityGroups', id);
        if (group.is === 'found') found.push(group.value);
        else if (group.is === 'unknown') missing ??= group.missing;
      }
      const evidence = found.map(({ id, networkId, kind }) => ({
        kind: 'security group',
        id,
        text: `of ${networkId}${kind === undefined ? '' : `, ${kind}`}`,
      }));
      const wrong = found.filter(({ networkId }) => networkId !== view.networkId);
      const kinds = new Set(found.flatMap(({ kind }) => kind ?? []));
      if (wrong.length > 0 || kinds.size > 1) {
        const names = wrong.map(({ id, networkId }) => `${id} belongs to ${networkId}`).join(', ');
        yield fails(about, {
          message:
            wrong.length > 0
              ? `${names}, but link ${view.name} leads into ${view.networkId}`
              : `the security groups of link ${view.name} are of two kinds: ${[...kinds].toSorted().join(' and ')}`,
          evidence,
          remedy:
            wrong.length > 0
              ? `Write groups of ${view.networkId} under links.${view.name}.securityGroups.`
              : `Keep only basic or only enterprise groups under links.${view.name}.securityGroups.`,
        });
      } else if (missing !== undefined) {
        yield unsure(about, `the groups of link ${view.name} belong to ${view.networkId}`, missing, { evidence });
      } else if (found.length === view.securityGroupIds.length) {
        yield holds(input, about, () => ({
          message: `the groups of ${linkText(view)} belong to ${view.networkId}`,
          evidence,
        }));
      }
    }
  },
};
