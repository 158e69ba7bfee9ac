import type { CheckInput, LinkView } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { linkEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { DAY_MS } from '../../text/day.js';

/** So many days before its end a subscription is told of: a month, for which the shortest one is sold. */
const SOON_DAYS = 30;

/** `link/expiry`. */
export const linkExpiry: Check = {
  id: 'link/expiry',
  title: 'The subscription of the instance goes on',
  severity: 'error',
  about:
    'An instance of Alibaba Cloud that was bought by the month or the year ends on a day that DescribeInstances tells; what is not renewed by then is ' +
    'stopped and released, with the calls of every group on it. That it has ended is an error; that it ends within thirty days is a warning. After ' +
    '2027-03-21 nothing is renewed any more (see `link/retiring`).',
  sources: [
    'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstances',
  ],
  *run(input) {
    for (const view of input.links) {
      if (view.region.region.provider !== 'alibaba') continue;
      const { link } = view;
      const unread = unseen(view);
      if (unread !== undefined) yield unsure(aboutLink(view), `the subscription of link ${view.name} goes on`, unread);
      if (link === undefined || !isPrepaid(link.native?.['chargeType'])) continue;
      const about = aboutLink(view);
      const ends = dateOf(link.native?.['expiresAt']);
      if (ends === undefined) {
        const what = `when the subscription of ${link.id} ends`;
        const remedy = `Look at ${link.id} in the console.`;
        yield unsure(
          about,
          `the subscription of ${link.id} goes on`,
          { what, remedy },
          { evidence: [linkEvidence(link)] },
        );
        continue;
      }
      const day = new Date(ends).toISOString().slice(0, 10);
      const left = Math.floor((ends - input.now) / DAY_MS);
      const evidence = [{ kind: 'date', id: day, text: `the subscription of ${link.id} ends` }];
      if (left >= SOON_DAYS) {
        yield holds(input, about, () => ({ message: `${link.id} is paid for until ${day}`, evidence }));
      } else {
        yield fails(about, {
          message:
            ends <= input.now
              ? `the subscription of ${link.id} ended on ${day}`
              : `the subscription of ${link.id} ends on ${day}, in ${left === 0 ? 'less than a day' : left === 1 ? '1 day' : `${left} days`}`,
          evidence,
          remedy: remedyFor(view, input, link.id),
          severity: ends <= input.now ? 'error' : 'warning',
        });
      }
    }
  },
};

/** `PrePaid`, or `PREPAY` as Terraform's provider writes it. */
function isPrepaid(chargeType: unknown): boolean {
  return typeof chargeType === 'string' && /^prepa(?:id|y)$/i.test(chargeType);
}

/** Milliseconds as text, as the service writes them, or a date. */
function dateOf(written: unknown): number | undefined {
  if (typeof written !== 'string' && typeof written !== 'number') return undefined;
  const number = Number(written);
  const at = Number.isFinite(number) && written !== '' ? number : Date.parse(String(written));
  // Beyond what a date can be, it is none.
  return Math.abs(at) <= 8.64e15 ? at : undefined;
}

function remedyFor({ region, name }: LinkView, { now }: CheckInput, id: string): string {
  const over = region.region.retirement?.some(({ ends, at }) => ends === 'renewal' && Date.parse(at) <= now) === true;
  return over
    ? `Move the groups of ${id} to an instance that goes on, and name it as links.${name}.id: nothing is renewed any more.`
    : `Renew ${id} in the console.`;
}
