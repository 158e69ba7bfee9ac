import type { LinkView } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { kindOf } from '../../world/link-facts.js';
import { aboutTarget } from '../../findings/about.js';
import { fails, holds } from '../../findings/outcome.js';
import { backends } from '../../network/balancers/balancers.js';

/** `target/same-group`. */
export const targetSameGroup: Check = {
  id: 'target/same-group',
  title: 'The ECS instance is in the security groups of the integration instance, as the vendor asks',
  severity: 'warning',
  about:
    "Alibaba Cloud's documentation asks that an ECS backend be in the same security group as the network interfaces of the integration " +
    'instance: in that of each zone, since an instance has one group in each. Nothing enforces it, and packets do not need it: ' +
    'whether the rules let calls through is for `path/*` and `egress/admitted` to say. So this is a demand of the vendor that ' +
    'somebody may hold against you, told apart from what the rules do.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run(input) {
    for (const { integration, target, backend } of backends(input)) {
      const { link } = integration;
      if (backend.kind !== 'instance' || backend.instance.is !== 'found') continue;
      if (kindOf(link) !== 'integration-instance' || link.securityGroupIds.length === 0) continue;
      const { id, securityGroupIds } = backend.instance.value;
      const about = aboutTarget(integration, target);
      const lacking = link.securityGroupIds.filter((group) => !securityGroupIds.includes(group));
      const evidence = [
        { kind: 'instance', id, text: `in ${securityGroupIds.join(', ') || 'no security group'}` },
        { kind: 'link', id: link.link?.id ?? link.name, text: `security groups ${link.securityGroupIds.join(', ')}` },
      ];
      if (lacking.length === 0) {
        yield holds(input, about, () => ({ message: `${id} is in the groups of link ${link.name}`, evidence }));
      } else {
        yield fails(about, {
          message: `the vendor asks that ${id} be in ${lacking.join(' and ')}, as link ${link.name} is; whether calls get through is up to the rules alone (path/*)`,
          evidence,
          remedy: ofOtherKind(link, lacking, securityGroupIds)
            ? `Ignore this, or have ${id} and the link in groups of one kind: an interface takes groups of one kind only, and ${lacking.join(' and ')} cannot be added to those of ${id}.`
            : `Add ${id} to ${lacking.join(' and ')} where the vendor's support is to help, or ignore this.`,
        });
      }
    }
  },
};

/**
 * Whether an interface with some groups takes none of the others: it has either basic or enterprise ones.
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
