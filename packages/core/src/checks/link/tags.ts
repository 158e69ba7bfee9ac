import { stating, type Judgement } from '../../findings/statement.js';
import type { linkTagsWords } from './words/tags.words.js';
import { INTEGRATION_TAG, OWNER_TAG, PROJECT_TAG, SPEC_TAG } from '../../model/marks.js';
import { declaredTags } from '../../world/link-choice.js';
import { kindTraitsOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';

const { fails, holds, unsure } = stating<(typeof linkTagsWords)['says']>();

const MARKS: readonly string[] = [PROJECT_TAG, INTEGRATION_TAG, SPEC_TAG];

/** `link/tags`. */
export const linkTags: Judgement = {
  id: 'link/tags',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      const { name, spec } = view;
      const link = view.link ?? view.likely;
      const quota = kindTraitsOf(view).quotas?.tags;
      if (quota === undefined || spec.owner === 'external') continue;
      const { byDefault: limit, name: id, what } = quota;
      const about = aboutLink(view);
      const declared = Object.keys(declaredTags(view));
      const made = [...declared, ...MARKS, ...(input.spec.spec === undefined ? [] : [OWNER_TAG])];
      const count = countOf([...made, ...Object.keys(link?.tags ?? {})]);
      const evidence = [
        { kind: 'quota', id, text: `${count} of ${limit} ${what}, ${declared.length} of them declared` },
      ];
      // A new link as replacement of one that may be kept would have no more tags, and possibly fewer.
      const fewest = view.likely === undefined ? count : countOf(made);
      const unread = link === undefined || count > limit ? unseen(view) : undefined;
      if (fewest > limit) {
        yield fails(about, 'TOO_MANY_TAGS', {
          params: { link: name, fewest, limit, excess: fewest - limit },
          evidence,
        });
      } else if (unread !== undefined) {
        yield unsure(about, 'LINK_NOT_READ', { link: name }, unread, { evidence });
      } else yield holds(input, about, 'WITHIN_LIMIT', () => ({ params: { link: name, count }, evidence }));
    }
  },
};

/** Tags of AWS itself do not count. */
function countOf(keys: readonly string[]): number {
  return [...new Set(keys)].filter((key) => !/^aws:/i.test(key)).length;
}
