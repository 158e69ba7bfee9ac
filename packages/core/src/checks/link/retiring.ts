import type { Retirement } from '../../model/traits.js';
import { successorOf } from '../../model/successor.js';
import type { CheckInput, LinkView } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { isNew } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds } from '../../findings/outcome.js';
import { DAY_MS } from '../../text/day.js';

/** `link/retiring`. */
export const retiring: Check = {
  id: 'link/retiring',
  title: 'The product that the link is of is not being retired',
  severity: 'warning',
  about:
    'Alibaba Cloud ends API Gateway (Traditional), step by step: no new purchases since 2026-08-23, no renewals and upgrades after ' +
    '2027-03-21, and the service itself, with console and support, on 2027-09-21. The days are counted in Beijing time, from the ' +
    'moment of the snapshot. Its successor is Cloud-native API Gateway, for which there is a migration tool. Where the spec wants a ' +
    'new instance after the last day of sale, or any after the last day of the service, that is an error.',
  sources: [
    'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/use-cases/migrate-to-cloud-native-api-gateway-by-tool/',
  ],
  *run(input) {
    for (const view of input.links) {
      const dates = view.region.region.retirement;
      if (dates === undefined) continue;
      const about = aboutLink(view);
      const [last] = dates.slice(-1);
      if (last === undefined) {
        yield holds(input, about, () => ({ message: 'nobody has announced an end of this product', evidence: [] }));
        continue;
      }
      const over = overBy(view, dates, input.now);
      yield fails(about, {
        ...(over === undefined ? {} : { severity: 'error' }),
        message: `${newsOf(view, over)}: ${dates.map((date) => dateText(date, input)).join('; ')}`,
        evidence: dates.flatMap(({ at, what, source }) => [
          { kind: 'date', id: at.slice(0, 10), text: what },
          ...(source === undefined ? [] : [{ kind: 'page', id: source, text: `says it of ${at.slice(0, 10)}` }]),
        ]),
        remedy: remedyFor(view, over, last),
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
