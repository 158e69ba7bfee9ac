import { isPosternError, type CallContext, type Gaps, type Link, type LinkKind } from '@postern/core/adapter';
import { SUBNETS_PER_LINK } from '@postern/core/kinds';
import {
  BALANCER_LINKS_PER_REGION,
  GROUPS_PER_INTERFACE,
  INTEGRATIONS_PER_API,
  LINKS_PER_REGION,
  ROUTES_PER_API,
} from '../limits.js';
import { listAll } from '../client/list-all.js';
import type { Session } from '../client/session.js';

/** VPC links per account and region: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const LINKS: readonly LinkQuota[] = [
  { kind: 'vpc-link-v2', name: 'vpc-links', code: 'L-608BDCD4', byDefault: LINKS_PER_REGION },
  { kind: 'vpc-link-v1', name: 'vpc-links-v1', code: 'L-A4C7274F', byDefault: BALANCER_LINKS_PER_REGION },
];

interface LinkQuota {
  readonly kind: LinkKind;
  /** In `RegionSnapshot.quotas`. */
  readonly name: string;
  readonly code: string;
  readonly byDefault: number;
}

const API_GATEWAY = 'apigateway';

/**
 * The account's quotas of links. One is read only where its default is reached: the quota of an account may
 * have been raised. If it cannot be read, it is unknown, and CreateVpcLink itself reports when there are too
 * many.
 */
export async function readQuotas(
  session: Session,
  links: readonly Pick<Link, 'kind'>[],
  ctx: CallContext,
): Promise<Readonly<Record<string, number>> | undefined> {
  const reached = LINKS.filter(({ kind, byDefault }) => links.filter((one) => one.kind === kind).length >= byDefault);
  const read = await Promise.all(reached.map(async (one) => [one.name, await quotaOf(session, one, ctx)] as const));
  const known = read.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

async function quotaOf(session: Session, { code }: LinkQuota, ctx: CallContext): Promise<number | undefined> {
  try {
    const { Quota } = await session.send(ctx, 'servicequotas', 'GetServiceQuota', (api, options) =>
      api.getServiceQuota({ ServiceCode: API_GATEWAY, QuotaCode: code }, options),
    );
    return Quota?.Value;
  } catch (error) {
    if (isPosternError(error, 'ABORTED') || !isPosternError(error)) throw error;
    return undefined;
  }
}

/** By their codes: the names in `RegionSnapshot.quotas`, and what every account has that had them not raised; see the page above. */
const LISTED: ReadonlyMap<string, readonly [name: string, byDefault: number]> = new Map([
  ...LINKS.map(({ code, name, byDefault }) => [code, [name, byDefault]] as const),
  ['L-668C9B28', ['subnets-per-vpc-link', SUBNETS_PER_LINK]],
  ['L-65B5C802', ['routes-per-api', ROUTES_PER_API]],
  ['L-2AFB9258', ['security-groups-per-interface', GROUPS_PER_INTERFACE]],
]);

/** The services of these quotas: API Gateway, and VPC. */
const SERVICES = [API_GATEWAY, 'vpc'];

/**
 * The quotas that checks compare with: `vpc-links`, `vpc-links-v1`, `subnets-per-vpc-link`, `routes-per-api`, `security-groups-per-interface`, and
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
