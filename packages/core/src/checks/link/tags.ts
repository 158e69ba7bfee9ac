import { INTEGRATION_TAG, OWNER_TAG, PROJECT_TAG, SPEC_TAG } from '../../model/marks.js';
import { declaredTags } from '../../world/link-choice.js';
import type { Check } from '../../findings/check.js';
import { kindOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { counted } from '../../text/counted.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { AWS_QUOTAS } from '../quota.js';

const MARKS: readonly string[] = [PROJECT_TAG, INTEGRATION_TAG, SPEC_TAG];

/** `link/tags`. */
export const linkTags: Check = {
  id: 'link/tags',
  title: 'The link has no more tags than a resource may have',
  severity: 'error',
  about:
    'A resource of AWS has at most 50 tags. Those of a link are what the spec declares, three that say whose it is, a fourth where the spec has an identity, one more where it is ' +
    'protected, and what others gave a link that is there already; tags of AWS itself (`aws:`) do not count. CreateVpcLink and ' +
    'TagResource refuse more.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html'],
  *run(input) {
    const { byDefault: limit, name: id, what } = AWS_QUOTAS.tags;
    for (const view of input.links) {
      const { name, spec } = view;
      const link = view.link ?? view.likely;
      if (kindOf(view) !== 'vpc-link-v2' || spec.owner === 'external') continue;
      const about = aboutLink(view);
      const declared = Object.keys(declaredTags(view));
      const made = [...declared, ...MARKS, ...(input.spec.spec === undefined ? [] : [OWNER_TAG])];
      const count = countOf([...made, ...Object.keys(link?.tags ?? {})]);
      const evidence = [
        { kind: 'quota', id, text: `${count} of ${limit} ${what}, ${declared.length} of them declared` },
      ];
      // A new link in place of one that may be kept would have no more tags, and perhaps fewer.
      const fewest = view.likely === undefined ? count : countOf(made);
      const unread = link === undefined || count > limit ? unseen(view) : undefined;
      if (fewest > limit) {
        yield fails(about, {
          message: `link ${name} would have ${counted(fewest, 'tag')}, and a resource has at most ${limit}: writing them would be refused`,
          evidence,
          remedy: `Declare ${fewest - limit} fewer under links.${name}.tags (those under defaults.tags count, too).`,
        });
      } else if (unread !== undefined) {
        yield unsure(about, `link ${name} has no more tags than it may have`, unread, { evidence });
      } else yield holds(input, about, () => ({ message: `link ${name} has ${counted(count, 'tag')}`, evidence }));
    }
  },
};

/** Tags of AWS itself do not count. */
function countOf(keys: readonly string[]): number {
  return [...new Set(keys)].filter((key) => !/^aws:/i.test(key)).length;
}
