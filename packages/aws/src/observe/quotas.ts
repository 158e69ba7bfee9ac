import { isPosternError, type CallContext, type Gaps } from '@postern/core/adapter';
import { SUBNETS_PER_LINK } from '@postern/core/kinds';
import { GROUPS_PER_INTERFACE, INTEGRATIONS_PER_API, LINKS_PER_REGION, ROUTES_PER_API } from '../limits.js';
import { listAll } from '../client/list-all.js';
import type { Session } from '../client/session.js';

/** VPC links V2 per account and region: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const VPC_LINKS = { ServiceCode: 'apigateway', QuotaCode: 'L-608BDCD4' };

/**
 * The account's quota of links. It is read only where the default is reached: the quota of an account may
 * have been raised. If it cannot be read, it is unknown, and CreateVpcLink itself reports when there are too
 * many.
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

/** By their codes: the names in `RegionSnapshot.quotas`, and what every account has that had them not raised; see the page above. */
const LISTED: ReadonlyMap<string, readonly [name: string, byDefault: number]> = new Map([
  [VPC_LINKS.QuotaCode, ['vpc-links', LINKS_PER_REGION]],
  ['L-668C9B28', ['subnets-per-vpc-link', SUBNETS_PER_LINK]],
  ['L-65B5C802', ['routes-per-api', ROUTES_PER_API]],
  ['L-2AFB9258', ['security-groups-per-interface', GROUPS_PER_INTERFACE]],
]);

/** The services of these quotas: API Gateway, and VPC. */
const SERVICES = [VPC_LINKS.ServiceCode, 'vpc'];

/**
 * The quotas that checks compare with: `vpc-links`, `subnets-per-vpc-link`, `routes-per-api`, `security-groups-per-interface`, and
 * `integrations-per-api`, which no account can have raised. One list of each service, which leaves quotas out that only have their
 * default. `undefined` for a gap.
 * @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 */
export function observeQuotas(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Readonly<Record<string, number>> | undefined> {
  return gaps.attempt({ what: 'quotas of API Gateway and of VPCs', of: 'quotas' }, async () => {
    const lists = await Promise.all(
      SERVICES.map((ServiceCode) =>
        listAll(session, ctx, `quotas of ${ServiceCode}`, {
          service: 'servicequotas',
          method: 'listServiceQuotas',
          input: { ServiceCode, MaxResults: 100 },
          member: 'Quotas',
          key: 'QuotaCode',
        }),
      ),
    );
    const applied = new Map(lists.flat().map(({ QuotaCode, Value }) => [QuotaCode, Value] as const));
    const known = [...LISTED].map(([code, [name, byDefault]]) => [name, applied.get(code) ?? byDefault] as const);
    return Object.fromEntries([['integrations-per-api', INTEGRATIONS_PER_API] as const, ...known]);
  });
}
