import { stating, type Judgement } from '../../findings/statement.js';
import type { retiringWords } from './retiring.words.js';
import type { Retirement } from '../../model/traits.js';
import { successorOf } from '../../model/successor.js';
import type { CheckInput, LinkView } from '../../world/views.js';
import { isNew } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { DAY_MS } from '../../text/day.js';

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
      const [last] = dates.slice(-1);
      if (last === undefined) {
        yield holds(input, about, 'NO_END_ANNOUNCED', () => ({ params: {}, evidence: [] }));
        continue;
      }
      const over = overBy(view, dates, input.now);
      yield fails(about, 'END_ANNOUNCED', {
        params: {
          newsOf: newsOf(view, over),
          dates: dates.map((date) => dateText(date, input)),
          remedy: remedyFor(view, over, last),
        },
        ...(over === undefined ? {} : { severity: 'error' }),
        evidence: dates.flatMap(({ at, what, source }) => [
          { kind: 'date', id: at.slice(0, 10), text: what },
          ...(source === undefined ? [] : [{ kind: 'page', id: source, text: `says it of ${at.slice(0, 10)}` }]),
        ]),
      });
    }
  },
};

/** What is over and in the way: the sale of a link that is not there yet, or the service itself. */
function overBy(view: LinkView, dates: readonly Retirement[], now: number): 'sale' | 'service' | undefined {
  const past = (end: Retirement['ends']): boolean =>
    dates.some(({ at, ends }) => ends === end && Date.parse(at) <= now);
  if (past('service')) return 'service';
  return isNew(view) && past('sale') ? 'sale' : undefined;
}

function newsOf({ name }: LinkView, over: ReturnType<typeof overBy>): string {
  if (over === 'sale') return `link ${name} is not there yet, and can no longer be bought`;
  return `what link ${name} is made of ${over === 'service' ? 'is no longer served' : 'is being retired'}`;
}

function remedyFor(view: LinkView, over: ReturnType<typeof overBy>, last: Retirement): string {
  const successor = successorOf(view.region.region.provider);
  const page = successor === undefined ? '' : `: ${successor.page}`;
  const move = `ove to ${successor?.name ?? 'what the provider offers instead'}`;
  if (over === 'sale') return `Write an instance that exists under links.${view.name}.id, or m${move}${page}`;
  return over === 'service' ? `M${move}${page}` : `M${move} before ${last.at.slice(0, 10)}${page === '' ? '.' : page}`;
}

/** `the service ends on 2027-09-21, in 477 days`. Part of a day counts as one, so that nobody comes a day late. */
function dateText({ at, what }: Retirement, { now }: Pick<CheckInput, 'now'>): string {
  const left = Date.parse(at) - now;
  const day = at.slice(0, 10);
  if (Number.isNaN(left)) return `${what} on ${day}`;
  const days = left > 0 ? Math.floor(left / DAY_MS) : Math.ceil(left / DAY_MS);
  if (left <= 0) return days === 0 ? `${what} since today` : `${what} on ${day}, ${-days} ${plural(-days)} ago`;
  return days === 0 ? `${what} on ${day}, within a day` : `${what} on ${day}, in ${days} ${plural(days)}`;
}

function plural(days: number): string {
  return days === 1 ? 'day' : 'days';
}
