import { PosternError } from '../errors.js';
import type { Plan, Step } from './plan.js';

/**
 * Refuses a plan that would buy something.
 * @throws {PosternError} `PURCHASE_NOT_ALLOWED`, with what it costs and on which terms in `details.purchases`.
 */
export function refusePurchases({ units }: Pick<Plan, 'units'>): void {
  const purchases = units
    .flatMap(({ steps }) => steps)
    .flatMap(({ id, purchase }: Step) => (purchase === undefined ? [] : [{ step: id, ...purchase }]));
  const [first] = purchases;
  if (first === undefined) return;
  const list = purchases.map(({ step, summary }) => `${step}: ${summary}`).join('; ');
  throw new PosternError('PURCHASE_NOT_ALLOWED', `this would cost money, and buying was not allowed: ${list}`, {
    remedy:
      'Read what the plan says of it; then allow it with --allow-purchase (`allowPurchase`), or adopt a link by its id.',
    details: { purchases },
  });
}
