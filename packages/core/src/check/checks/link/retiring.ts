import { fail, pass } from '../../../do/findings/say.js';
import type { Retirement } from '../../../do/model/traits.js';
import type { LinkView } from '../../../do/world/views.js';
import { retirementOf } from '../../../do/kinds/retired.js';
import { isNew } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { defineCheck } from '../define-check.js';
import { counted, DAY_MS } from '../../../ground/text/quantities.js';

export const retiring = defineCheck({
  id: 'link/retiring',
  severity: 'warning',
  title: 'The product of the link is not being retired',
  about:
    'A cloud can end a product in steps: first its sale, then renewals and upgrades, then the service. The days are counted from the time of the snapshot. A new link after the last day of sale is an error. So is any link after the last day of the service.',
  codes: {
    NO_END_ANNOUNCED: pass('no end of this product has been announced'),
    END_ANNOUNCED: fail(
      [
        'if over=sale: link {link} ({replaced}) would have to be replaced, and no replacement can be bought any more: {ends:;}',
        'if over=sale: link {link} does not exist yet and can no longer be bought: {ends:;}',
        'link {link} uses a product that [if over: was discontinued|is being retired]: {ends:;}',
      ],
      '[if over=sale: Write the ID of an existing instance as links.{link}.id, or move|Move] to {product|the product that the provider offers instead}[if over: | before {last}][: {page}|.]',
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      if (view.region.region.retirement === undefined) continue;

      const dates = retirementOf(view.region.clouds, view.region.region, view.kind);
      const about = aboutLink(view);
      if (dates.length === 0) {
        yield say.NO_END_ANNOUNCED(about, {});
        continue;
      }

      const { successor } = view.traits;
      const over = overBy(view, dates, input.now);
      yield say.END_ANNOUNCED(
        about,
        {
          link: view.name,
          over,
          replaced: view.replaced?.id,
          dates: dates.map(({ at, what }) => ({ at, what })),
          now: input.now,
          successor: successor && { name: successor.name, page: successor.page },
        },
        {
          severity: over === undefined ? undefined : 'error',
          evidence: dates.flatMap(({ at, what, source }) => [
            { kind: 'date', id: at.slice(0, 10), text: what },
            ...(source === undefined ? [] : [{ kind: 'page', id: source, text: `announces ${at.slice(0, 10)}` }]),
          ]),
          words: {
            ends: dates.map((date) => dateText(date, input.now)),
            last: dates.at(-1)?.at.slice(0, 10),
            product: successor?.name,
            page: successor?.page,
          },
        },
      );
    }
  },
});

/** The ended service that blocks the link: the sale of a link that does not exist yet, or the service itself. */
function overBy(view: LinkView, dates: readonly Retirement[], now: number): 'sale' | 'service' | undefined {
  const past = (end: Retirement['ends']): boolean =>
    dates.some(({ at, ends }) => ends === end && Date.parse(at) <= now);
  if (past('service')) return 'service';

  return isNew(view) && past('sale') ? 'sale' : undefined;
}

/** `the service ends as of 2027-09-21, in 477 days`. Part of a day counts as one, so that it is never a day late. */
function dateText({ at, what }: Retirement, now: number): string {
  const left = Date.parse(at) - now;
  const day = at.slice(0, 10);
  if (Number.isNaN(left)) return `${what} as of ${day}`;

  const days = left > 0 ? Math.floor(left / DAY_MS) : Math.ceil(left / DAY_MS);
  if (left <= 0) return days === 0 ? `${what} as of today` : `${what} as of ${day}, ${counted(-days, 'day')} ago`;

  return days === 0 ? `${what} as of ${day}, within a day` : `${what} as of ${day}, in ${counted(days, 'day')}`;
}
