import { LISTED_SPECS, specStanding } from '../../kinds/instance-specs.js';
import type { Check } from '../../findings/check.js';
import { isNew, kindOf, mayBeNew, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds, unsure } from '../../findings/outcome.js';

/** `link/instance-spec`. */
export const linkInstanceSpec: Check = {
  id: 'link/instance-spec',
  title: 'An instance that is to be made has a spec that is sold',
  severity: 'error',
  about:
    'Instances of API Gateway are sold in two series, `api.s1` and `api.s2`, and buying one with any other spec is refused. How the larger ones of the ' +
    'second series are written in full is documented nowhere: such a name is unknown. That of an instance that is there says itself what it is.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  *run(input) {
    for (const view of input.links) {
      if (!mayBeNew(view) || kindOf(view) !== 'integration-instance') continue;
      const about = aboutLink(view);
      const written = view.spec.native?.['spec'];
      const text = typeof written === 'string' ? written : 'the smallest';
      const whether = `an instance can be bought with the spec ${text}`;
      const unread = unseen(view);
      if (unread !== undefined) yield unsure(about, whether, unread);
      if (!isNew(view)) continue;
      const evidence = [{ kind: 'spec', id: `links.${view.name}.spec`, text }];
      const remedy = `Write one of ${LISTED_SPECS.join(', ')} as links.${view.name}.spec.`;
      const standing = typeof written === 'string' ? specStanding(written) : 'listed';
      if (standing === 'listed') yield holds(input, about, () => ({ message: whether, evidence }));
      else if (standing === 'none') {
        yield fails(about, {
          message: `${text} is no spec of an instance, and buying one is refused`,
          evidence,
          remedy,
        });
      } else yield unsure(about, whether, { what: `a page that lists ${text}`, remedy }, { evidence });
    }
  },
};
