import type { Check } from '../../findings/check.js';
import { isNew, kindOf, linkText, standsInSubnets, unreadOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds, unsure } from '../../findings/outcome.js';

/** `link/no-group`. */
export const noGroup: Check = {
  id: 'link/no-group',
  title: 'The link has a security group',
  severity: 'warning',
  about:
    'A link without a security group of its own gets, as far as anybody has seen, the default group of its network, which others ' +
    'share and which AWS does not document. Backends then cannot let in the link alone, and a change of that group changes the ' +
    "link. An integration instance of Alibaba Cloud cannot be made without one. A link's groups never change, so it is replaced.",
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
  ],
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const about = aboutLink(view);
      const unread = unseen(view) ?? unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        yield unsure(about, `link ${view.name} has a security group`, unread);
        continue;
      }
      if (view.link === undefined && !isNew(view)) continue;
      // A group of ours comes with the allowlist; one that could not be looked up is not missing.
      const comes = isNew(view) && view.spec.allowlist !== undefined && kindOf(view) === 'vpc-link-v2';
      if (view.unresolved !== undefined && view.spec.securityGroups !== undefined) continue;
      const evidence = [
        { kind: 'link', id: view.link?.id ?? view.name, text: groupsText(view.securityGroupIds, comes) },
      ];
      if (view.securityGroupIds.length > 0 || comes) {
        yield holds(input, about, () => ({ message: `${linkText(view)} has a security group`, evidence }));
        continue;
      }
      yield fails(about, {
        message: `${linkText(view)} has no security group of its own`,
        evidence,
        remedy: `Write a group that is only for it under links.${view.name}.securityGroups, then run \`postern apply\`.`,
        severity: isNew(view) && kindOf(view) === 'integration-instance' ? 'error' : 'warning',
      });
    }
  },
};

function groupsText(ids: readonly string[], comes: boolean): string {
  if (ids.length > 0) return `security groups ${ids.join(', ')}`;
  return comes ? 'gets one of its own for its allowlist' : 'no security groups';
}
