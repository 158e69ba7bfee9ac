import { stating, type Judgement } from '../../findings/statement.js';
import type { retiringWords } from './words/retiring.words.js';
import type { Retirement } from '../../model/traits.js';
import { successorOf } from '../../model/successor.js';
import type { LinkView } from '../../world/views.js';
import { isNew } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';

const { fails, holds } = stating<(typeof retiringWords)['says']>();

/** `link/retiring`. */
export const retiring: Judgement = {
  id: 'link/retiring',
  severity: 'warning',
  *run(input) {
    for (const view of input.links) {
      const dates = view.region.region.retirement;
      if (dates === undefined) continue;
      const about = aboutLink(view);
      if (dates.length === 0) {
        yield holds(input, about, 'NO_END_ANNOUNCED', () => ({ params: {}, evidence: [] }));
        continue;
      }
      const successor = successorOf(view.region.region.provider);
      const over = overBy(view, dates, input.now);
      yield fails(about, 'END_ANNOUNCED', {
        params: {
          link: view.name,
          over,
          dates: dates.map(({ at, what }) => ({ at, what })),
          now: input.now,
          successor: successor && { name: successor.name, page: successor.page },
        },
        ...(over === undefined ? {} : { severity: 'error' }),
        evidence: dates.flatMap(({ at, what, source }) => [
          { kind: 'date', id: at.slice(0, 10), text: what },
          ...(source === undefined ? [] : [{ kind: 'page', id: source, text: `announces ${at.slice(0, 10)}` }]),
        ]),
      });
    }
  },
};

/**
 * The ended service that blocks the link: the sale of a link that does not exist yet, or the service itself.
 */
function overBy(view: LinkView, dates: readonly Retirement[], now: number): 'sale' | 'service' | undefined {
  const past = (end: Retirement['ends']): boolean =>
    dates.some(({ at, ends }) => ends === end && Date.parse(at) <= now);
  if (past('service')) return 'service';
  return isNew(view) && past('sale') ? 'sale' : undefined;
}
