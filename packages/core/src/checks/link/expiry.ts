import { stating, type Judgement } from '../../findings/statement.js';
import type { linkExpiryWords } from './words/expiry.words.js';
import type { LinkView } from '../../world/views.js';
import { kindTraitsOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { linkEvidence } from '../../findings/evidence.js';
import { DAY_MS } from '../../text/day.js';

const { fails, holds, unsure } = stating<(typeof linkExpiryWords)['says']>();

/** Days before its end from which a subscription is reported: a month, the shortest subscription that is sold. */
const SOON_DAYS = 30;

/** `link/expiry`. */
export const linkExpiry: Judgement = {
  id: 'link/expiry',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      if (kindTraitsOf(view).mayEnd !== true) continue;
      const { link } = view;
      const unread = unseen(view);
      if (unread !== undefined) yield unsure(aboutLink(view), 'LINK_NOT_READ', { link: view.name }, unread);
      if (link === undefined || !isPrepaid(link.native?.['chargeType'])) continue;
      const about = aboutLink(view);
      const ends = dateOf(link.native?.['expiresAt']);
      if (ends === undefined) {
        const what = `the end of the subscription of ${link.id}`;
        const remedy = `Check the subscription of ${link.id} in the console.`;
        yield unsure(about, 'END_NOT_READ', { linkId: link.id }, { what, remedy }, { evidence: [linkEvidence(link)] });
        continue;
      }
      const day = new Date(ends).toISOString().slice(0, 10);
      const left = Math.floor((ends - input.now) / DAY_MS);
      const evidence = [{ kind: 'date', id: day, text: `the subscription of ${link.id} ends` }];
      if (left >= SOON_DAYS) {
        yield holds(input, about, 'PAID', () => ({ params: { linkId: link.id, day }, evidence }));
      } else {
        yield fails(about, 'ENDS', {
          params: {
            link: view.name,
            linkId: link.id,
            day,
            left,
            isOver: ends <= input.now,
            isRenewable: !endsRenewal(view, input.now),
          },
          evidence,
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
  // Outside the range of dates it is not a valid date.
  return Math.abs(at) <= 8.64e15 ? at : undefined;
}

function endsRenewal({ region }: LinkView, now: number): boolean {
  return region.region.retirement?.some(({ ends, at }) => ends === 'renewal' && Date.parse(at) <= now) === true;
}
