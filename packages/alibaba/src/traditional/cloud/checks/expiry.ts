import type { LinkView } from '@postern/core/internal/check';
import {
  aboutLink,
  counted,
  DAY_MS,
  defineCheck,
  fail,
  linkEvidence,
  pass,
  retirementOf,
  unknown,
  unseen,
} from '@postern/core/internal/checks';

/** Days before its end from which a subscription is reported: a month, the shortest subscription that is sold. */
const SOON_DAYS = 30;

export const linkExpiry = defineCheck({
  id: 'link/expiry',
  severity: 'error',
  title: 'The subscription of the instance does not end within thirty days',
  about:
    'A subscription instance of Alibaba Cloud, paid by the month or the year, ends on the date that DescribeInstances returns. An ' +
    'instance that is not renewed by then is stopped and released, and the calls of every group on it fail. A subscription that has ' +
    'ended is an error. One that ends within thirty days is a warning. After 2027-03-21 no instance can be renewed (see ' +
    '`link/retiring`).',
  sources: [
    'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstances',
  ],
  codes: {
    LINK_NOT_READ: unknown('the subscription of link {link} lasts more than thirty days'),
    END_NOT_READ: unknown('the subscription of {linkId} lasts more than thirty days'),
    PAID: pass('{linkId} is paid for until {day}'),
    ENDS: fail(
      'the subscription of {linkId} [if isOver: ended on {day}|ends on {day}, in {duration}]',
      '[if isRenewable: Renew {linkId} in the console.|Move the API groups of {linkId} to an instance that remains available, and write its ID as links.{link}.id: renewals are no longer offered.]',
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      if (view.traits.mayEnd !== true) continue;

      const { link } = view;
      const unread = unseen(view);
      if (unread !== undefined) yield say.LINK_NOT_READ(aboutLink(view), { link: view.name }, unread);
      if (link === undefined || !isPrepaid(link.native?.['chargeType'])) continue;

      const about = aboutLink(view);
      const ends = dateOf(link.native?.['expiresAt']);
      if (ends === undefined) {
        const what = `the end of the subscription of ${link.id}`;
        const remedy = `Check the subscription of ${link.id} in the console.`;
        yield say.END_NOT_READ(about, { linkId: link.id }, { what, remedy }, [linkEvidence(link)]);
        continue;
      }

      const day = new Date(ends).toISOString().slice(0, 10);
      const left = Math.floor((ends - input.now) / DAY_MS);
      const evidence = [{ kind: 'date', id: day, text: `the subscription of ${link.id} ends` }];
      if (left >= SOON_DAYS) {
        yield say.PAID(about, { linkId: link.id, day }, evidence);
        continue;
      }

      const isOver = ends <= input.now;
      yield say.ENDS(
        about,
        { link: view.name, linkId: link.id, day, left, isOver, isRenewable: !endsRenewal(view, input.now) },
        {
          evidence,
          severity: isOver ? 'error' : 'warning',
          words: { duration: left === 0 ? 'less than a day' : counted(left, 'day') },
        },
      );
    }
  },
});

/** `PrePaid`, or `PREPAY` as Terraform's provider writes it. */
function isPrepaid(chargeType: unknown): boolean {
  return typeof chargeType === 'string' && /^prepa(?:id|y)$/i.test(chargeType);
}

/** Milliseconds as text, as the service writes them, or a date. */
function dateOf(written: unknown): number | undefined {
  if (typeof written !== 'string' && typeof written !== 'number') return undefined;

  const number = Number(written);
  const at = Number.isFinite(number) && written !== '' ? number : Date.parse(String(written));
  // Outside the range of dates it is not a valid date.
  return Math.abs(at) <= 8.64e15 ? at : undefined;
}

function endsRenewal(view: LinkView, now: number): boolean {
  const dates = retirementOf(view.region.clouds, view.region.region, view.kind);
  return dates.some(({ ends, at }) => ends === 'renewal' && Date.parse(at) <= now);
}
