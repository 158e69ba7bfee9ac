import {
  aboutLink,
  counted,
  defineCheck,
  isNew,
  kindTraitsOf,
  subnetEvidence,
  subnetsOf,
  unreadOf,
} from '@postern/core/checks';
import type { Subnet } from '@postern/core/snapshot';

/** `link/zone-once`. */
export const zoneOnce = defineCheck({
  id: 'link/zone-once',
  severity: 'error',
  title: 'A new instance has one vSwitch in each zone, and one security group for all or for each vSwitch',
  about:
    'An integration instance of Alibaba Cloud is created with one vSwitch and one security group in each of its zones. The request ' +
    'cannot express two vSwitches of one zone. Nor can it express a number of groups that is neither one nor the number of vSwitches.',
  sources: [
    'https://github.com/aliyun/terraform-provider-alicloud/blob/master/website/docs/r/api_gateway_instance.html.markdown',
  ],
  codes: ['ZONE_TWICE', 'GROUP_COUNT', 'GROUPS_NOT_READ', 'SUBNETS_NOT_READ', 'ONE_IN_EACH_ZONE'],
  *run(input, say) {
    for (const view of input.links) {
      if (!isNew(view) || !kindTraitsOf(view).groupPerZone) continue;
      const about = aboutLink(view);
      const { found, missing } = subnetsOf(view);
      const byZone = new Map<string, Subnet[]>();
      for (const subnet of found) byZone.set(subnet.zone, [...(byZone.get(subnet.zone) ?? []), subnet]);
      const twice = [...byZone.values()].find(({ length }) => length > 1);
      const groups = view.securityGroupIds.length;
      // An ID refers to one group, whether or not it could be read. Two names may refer to the same group.
      const unread = (view.spec.securityGroups ?? []).every((by) => typeof by === 'string')
        ? undefined
        : unreadOf(view, 'securityGroups');
      const isCounted = view.unresolved?.verdict !== 'fail' && unread === undefined;
      const odd = groups > 1 && groups !== view.subnetIds.length && isCounted;
      const evidence = (twice ?? found).map((subnet) => subnetEvidence(subnet));
      if (twice !== undefined) {
        yield say.fail(
          about,
          'ZONE_TWICE',
          { twice: twice.map(({ id }) => id), zone: twice[0]?.zone, link: view.name },
          (p) => ({
            message: `${p.twice.join(' and ')} are both in ${p.zone}; an instance has one vSwitch in each zone`,
            remedy: `Keep one of them under links.${p.link}.subnets.`,
            evidence,
          }),
        );
      } else if (odd) {
        yield say.fail(
          about,
          'GROUP_COUNT',
          { link: view.name, groups, subnetIdsCount: view.subnetIds.length },
          (p) => ({
            message: `link ${p.link} has ${p.groups} security groups for ${counted(p.subnetIdsCount, 'vSwitch', 'vSwitches')}`,
            remedy: `Write one security group for all vSwitches, or one for each vSwitch in the same order, under links.${p.link}.securityGroups.`,
            evidence: view.securityGroupIds.map((id) => ({ kind: 'security group', id, text: 'named by the spec' })),
          }),
        );
      } else if (unread !== undefined) {
        yield say.unknown(about, 'GROUPS_NOT_READ', { link: view.name }, unread, (p) => ({
          whether: `link ${p.link} has one security group, or one for each vSwitch`,
          evidence,
        }));
      } else if (missing !== undefined) {
        yield say.unknown(about, 'SUBNETS_NOT_READ', { link: view.name }, missing, (p) => ({
          whether: `the vSwitches of link ${p.link} are in different zones`,
          evidence,
        }));
      } else {
        yield say.pass(
          about,
          'ONE_IN_EACH_ZONE',
          () => ({ link: view.name }),
          (p) => ({ message: `link ${p.link} would have one vSwitch in each zone`, evidence }),
        );
      }
    }
  },
});
