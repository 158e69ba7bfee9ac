import {
  aboutLink,
  defineCheck,
  fail,
  isNew,
  kindTraitsOf,
  pass,
  subnetEvidence,
  subnetsOf,
  unknown,
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
  codes: {
    ZONE_TWICE: fail(
      '{twice:and} are both in {zone|one zone}; an instance has one vSwitch in each zone',
      'Keep one of them under links.{link}.subnets.',
    ),
    GROUP_COUNT: fail(
      'link {link} has {groups} security groups for {subnetIdsCount} {subnetIdsCount?vSwitch:vSwitches}',
      'Write one security group for all vSwitches, or one for each vSwitch in the same order, under links.{link}.securityGroups.',
    ),
    GROUPS_NOT_READ: unknown('link {link} has one security group, or one for each vSwitch'),
    SUBNETS_NOT_READ: unknown('the vSwitches of link {link} are in different zones'),
    ONE_IN_EACH_ZONE: pass('link {link} would have one vSwitch in each zone'),
  },
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
      const on = { link: view.name };
      if (twice !== undefined) {
        yield say.ZONE_TWICE(about, { twice: twice.map(({ id }) => id), zone: twice[0]?.zone, ...on }, evidence);
      } else if (odd) {
        yield say.GROUP_COUNT(
          about,
          { ...on, groups, subnetIdsCount: view.subnetIds.length },
          view.securityGroupIds.map((id) => ({ kind: 'security group', id, text: 'named by the spec' })),
        );
      } else if (unread !== undefined) yield say.GROUPS_NOT_READ(about, on, unread, evidence);
      else if (missing !== undefined) yield say.SUBNETS_NOT_READ(about, on, missing, evidence);
      else yield say.ONE_IN_EACH_ZONE(about, on, evidence);
    }
  },
});
