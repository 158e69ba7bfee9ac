import type { LinkView } from '@postern/core/check';
import { backends, defineCheck, fail, kindTraitsOf, pass } from '@postern/core/checks';

/** `target/same-group`. */
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
      if (!kindTraitsOf(link).groupPerZone || link.securityGroupIds.length === 0) continue;
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
