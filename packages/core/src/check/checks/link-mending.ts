import type { Mending } from '../../do/findings/finding.js';
import type { LinkView } from '../../do/world/views.js';
import { soldOut } from './sale.js';

/**
 * What ends the failure of a link by its state. An inactive link is used as it is, because only calls reactivate it. A
 * link that the spec creates is replaced where it does not recover; a failed one only on request, since the same cause
 * may make the next one fail.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
export function linkMending(view: LinkView, now: number): Mending | undefined {
  const { link, spec } = view;
  if (link?.state === 'inactive') return 'calls';
  if (spec.id !== undefined || spec.owner === 'external' || soldOut(view, now) !== undefined) return undefined;
  if (link?.state === 'failed') return 'replace-failed';

  return link?.state === 'deleting' ? 'apply' : undefined;
}
