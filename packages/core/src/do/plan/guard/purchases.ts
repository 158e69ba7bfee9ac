import { PosternError } from '../../../ground/errors.js';
import type { Plan, Step } from '../plan.js';

/**
 * Refuses a plan that would buy something.
 * @throws {PosternError} `CREATION_CLOSED` for what is not sold any more; `PURCHASE_NOT_ALLOWED`, with what it costs and on which terms
 *   in `details.purchases`.
 */
export function refusePurchases({ units }: Pick<Plan, 'units'>): void {
  const purchases = units
    .flatMap(({ steps }) => steps)
    .flatMap(({ id, purchase }: Step) => (purchase === undefined ? [] : [{ step: id, ...purchase }]));
  const [first] = purchases;
  if (first === undefined) return;
  const closed = purchases.find((one) => one.closed !== undefined);
  if (closed !== undefined) throw new PosternError('CREATION_CLOSED', `${closed.step}: ${closed.closed}`);
  const list = purchases.map(({ step, summary }) => `${step}: ${summary}`).join('; ');
  throw new PosternError('PURCHASE_NOT_ALLOWED', `the plan buys resources, and purchases are not allowed: ${list}`, {
    remedy:
      'Read the price in the plan. Then allow the purchase with --allow-purchase (`allowPurchase`), or adopt a link by its ID.',
    details: { purchases },
  });
}
