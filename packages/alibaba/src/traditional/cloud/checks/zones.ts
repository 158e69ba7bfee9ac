import {
  aboutLink,
  defineCheck,
  fail,
  isNew,
  pass,
  subnetEvidence,
  subnetsOf,
  unknown,
  unreadOf,
  backends,
} from '@postern/core/internal/checks';
import type { LinkView } from '@postern/core/internal/check';
import { grouped } from '@postern/core/internal/kinds';

export const zoneOnce = defineCheck({
  id: 'link/zone-once',
  severity: 'error',
  title: 'A new instance has one vSwitch in each zone, and one security group for all or for each vSwitch',
  about:
    'An integration instance of Alibaba Cloud is created with one vSwitch and one security group in each of its zones. The request cannot express two vSwitches of one zone. Nor can it express a number of groups that is neither one nor the number of vSwitches.',
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
      if (!isNew(view) || !view.traits.groupPerZone) continue;

      const about = aboutLink(view);
      const { found, missing } = subnetsOf(view);
      const byZone = grouped(found, ({ zone }) => zone);
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

export const targetSameGroup = defineCheck({
  id: 'target/same-group',
  severity: 'warning',
  title: 'The ECS instance is in the security groups of the integration instance, as Alibaba Cloud recommends',
  about:
    'The documentation of Alibaba Cloud asks for an ECS backend to be in the same security group as the network interfaces of the ' +
    'integration instance: in that of each zone, since an instance has one group in each zone. Nothing enforces this, and packets do ' +
    'not need it: `path/*` and `egress/admitted` evaluate whether the rules allow the calls. This check reports the ' +
    'recommendation separately from the rules, because support may insist on it.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: {
    SAME_GROUPS: pass('{id} is in the security groups of link {link}'),
    OTHER_GROUPS: fail(
      'Alibaba Cloud recommends putting {id} into {lacking:and}, like link {link}. It is not required: the rules decide (path/*)',
      '[if ofOtherKind: Ignore this finding, or use security groups of one type for {id} and the link. An interface accepts groups of only one type, so {lacking:and} cannot be added to those of {id}.|Add {id} to {lacking:and} if you need the support of Alibaba Cloud, or ignore this finding.]',
    ),
  },
  *run(input, say) {
    for (const { integration, about, backend } of backends(input)) {
      const { link } = integration;
      if (backend.kind !== 'instance' || backend.instance.is !== 'found') continue;
      if (!link.traits.groupPerZone || link.securityGroupIds.length === 0) continue;

      const { id, securityGroupIds } = backend.instance.value;
      const lacking = link.securityGroupIds.filter((group) => !securityGroupIds.includes(group));
      const evidence = [
        { kind: 'instance', id, text: `in ${securityGroupIds.join(', ') || 'no security group'}` },
        { kind: 'link', id: link.link?.id ?? link.name, text: `security groups ${link.securityGroupIds.join(', ')}` },
      ];
      if (lacking.length === 0) yield say.SAME_GROUPS(about, { id, link: link.name }, evidence);
      else {
        yield say.OTHER_GROUPS(
          about,
          { id, lacking, link: link.name, ofOtherKind: ofOtherKind(link, lacking, securityGroupIds) },
          evidence,
        );
      }
    }
  },
});

/**
 * Whether an interface with some groups accepts none of the others: it has either basic or enterprise groups.
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44
 */
function ofOtherKind({ region }: LinkView, lacking: readonly string[], own: readonly string[]): boolean {
  const kinds = (ids: readonly string[]): readonly string[] =>
    ids.flatMap((id) => {
      const group = region.find('securityGroups', id);
      return group.is === 'found' ? (group.value.kind ?? []) : [];
    });
  const mine = kinds(own);
  return kinds(lacking).some((kind) => mine.some((other) => other !== kind));
}
