import { isPosternError, type CallContext } from '@postern/core';
import { LINKS_PER_REGION } from './limits.js';
import type { Session } from './session.js';

/** VPC links V2 per account and region: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const VPC_LINKS = { ServiceCode: 'apigateway', QuotaCode: 'L-608BDCD4' };

/**
 * The account's quota of links, read only where the default is reached: an account may have had it raised. What cannot be
 * read is not known, and then CreateVpcLink itself says when there are too many.
 */
export async function readQuotas(
  session: Session,
  links: number,
  ctx: CallContext,
): Promise<Readonly<Record<string, number>> | undefined> {
  if (links < LINKS_PER_REGION) return undefined;
  try {
    const { Quota } = await session.send(ctx, 'servicequotas', 'GetServiceQuota', (api, options) =>
      api.getServiceQuota(VPC_LINKS, options),
    );
    return Quota?.Value === undefined ? undefined : { 'vpc-links': Quota.Value };
  } catch (error) {
    if (isPosternError(error, 'ABORTED') || !isPosternError(error)) throw error;
    return undefined;
  }
}
