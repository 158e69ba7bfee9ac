import { stating, type Judgement } from '../../findings/statement.js';
import type { zoneOnceWords } from './words/zone-once.words.js';
import type { Subnet } from '../../model/network.js';
import { isNew, kindTraitsOf, unreadOf } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { subnetsOf } from '../../world/subnets-of.js';

const { fails, holds, unsure } = stating<(typeof zoneOnceWords)['says']>();

/** `link/zone-once`. */
export const zoneOnce: Judgement = {
  id: 'link/zone-once',
  severity: 'error',
  *run(input) {
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
        yield fails(about, 'ZONE_TWICE', {
          params: { twice: twice.map(({ id }) => id), zone: twice[0]?.zone, link: view.name },
          evidence,
        });
      } else if (odd) {
        yield fails(about, 'GROUP_COUNT', {
          params: { link: view.name, groups, subnetIdsCount: view.subnetIds.length },
          evidence: view.securityGroupIds.map((id) => ({ kind: 'security group', id, text: 'named by the spec' })),
        });
      } else if (unread !== undefined) {
        yield unsure(about, 'GROUPS_NOT_READ', { link: view.name }, unread, { evidence });
      } else if (missing !== undefined) {
        yield unsure(about, 'SUBNETS_NOT_READ', { link: view.name }, missing, { evidence });
      } else {
        yield holds(input, about, 'ONE_IN_EACH_ZONE', () => ({ params: { link: view.name }, evidence }));
      }
    }
  },
};
