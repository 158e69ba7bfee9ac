import { stating, type Judgement } from '../../findings/statement.js';
import type { targetSameGroupWords } from './words/same-group.words.js';
import type { LinkView } from '../../world/views.js';
import { kindTraitsOf } from '../../world/link-facts.js';
import { backends } from '../../network/balancers/balancers.js';

const { fails, holds } = stating<(typeof targetSameGroupWords)['says']>();

/** `target/same-group`. */
export const targetSameGroup: Judgement = {
  id: 'target/same-group',
  severity: 'warning',
  *run(input) {
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
      if (lacking.length === 0) {
        yield holds(input, about, 'SAME_GROUPS', () => ({ params: { id, link: link.name }, evidence }));
      } else {
        yield fails(about, 'OTHER_GROUPS', {
          params: { id, lacking, link: link.name, ofOtherKind: ofOtherKind(link, lacking, securityGroupIds) },
          evidence,
        });
      }
    }
  },
};

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
