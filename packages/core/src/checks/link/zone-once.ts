import type { Subnet } from '../../model/network.js';
import type { Check } from '../../findings/check.js';
import { isNew, kindOf, unreadOf } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { subnetsOf } from '../../world/subnets-of.js';
import { counted } from '../../text/counted.js';

/** `link/zone-once`. */
export const zoneOnce: Check = {
  id: 'link/zone-once',
  title: 'An instance that is to be made has one vSwitch in each zone, and a group for each',
  severity: 'error',
  about:
    'An integration instance of Alibaba Cloud is made with one vSwitch and one security group in each of its zones. Two vSwitches of ' +
    'one zone, or a number of groups that is neither one nor that of the vSwitches, cannot be written into the request.',
  sources: [
    'https://github.com/aliyun/terraform-provider-alicloud/blob/master/website/docs/r/api_gateway_instance.html.markdown',
  ],
  *run(input) {
    for (const view of input.links) {
      if (!isNew(view) || kindOf(view) !== 'integration-instance') continue;
      const about = aboutLink(view);
      const { found, missing } = subnetsOf(view);
      const byZone = new Map<string, Subnet[]>();
      for (const subnet of found) byZone.set(subnet.zone, [...(byZone.get(subnet.zone) ?? []), subnet]);
      const twice = [...byZone.values()].find(({ length }) => length > 1);
      const groups = view.securityGroupIds.length;
      // An id stands for one group, whether or not that could be read; a name may stand for the same as another.
      const unread = (view.spec.securityGroups ?? []).every((by) => typeof by === 'string')
        ? undefined
        : unreadOf(view, 'securityGroups');
      const isCounted = view.unresolved?.verdict !== 'fail' && unread === undefined;
      const odd = groups > 1 && groups !== view.subnetIds.length && isCounted;
      const evidence = (twice ?? found).map((subnet) => subnetEvidence(subnet));
      if (twice !== undefined) {
        const names = twice.map(({ id }) => id).join(' and ');
        yield fails(about, {
          message: `${names} are both in ${twice[0]?.zone}, and an instance has one vSwitch in each zone`,
          evidence,
          remedy: `Keep one of them under links.${view.name}.subnets.`,
        });
      } else if (odd) {
        yield fails(about, {
          message: `link ${view.name} has ${groups} security groups for ${counted(view.subnetIds.length, 'vSwitch', 'vSwitches')}`,
          evidence: view.securityGroupIds.map((id) => ({ kind: 'security group', id, text: 'named by the spec' })),
          remedy: `Write one group for all, or one for each vSwitch in their order, under links.${view.name}.securityGroups.`,
        });
      } else if (unread !== undefined) {
        yield unsure(about, `link ${view.name} has one security group, or one for each vSwitch`, unread, { evidence });
      } else if (missing !== undefined) {
        yield unsure(about, `the vSwitches of link ${view.name} are of different zones`, missing, { evidence });
      } else {
        yield holds(input, about, () => ({
          message: `link ${view.name} would have one vSwitch in each zone`,
          evidence,
        }));
      }
    }
  },
};
