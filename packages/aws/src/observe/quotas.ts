import { isPosternError, type Gaps, type CallContext, type Link, type LinkKind } from '@postern/core/internal/adapter';
import { AWS_QUOTAS, type AwsQuota } from '../cloud/quotas/quotas.js';
import { defaultIn, type Quota } from '@postern/core/internal/kinds';
import type { QuotaOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import type { Session } from '../client/session.js';

/** VPC links per account and region, by kind. */
const LINKS: readonly LinkQuota[] = [
  { kind: 'vpc-link-v2', quota: AWS_QUOTAS['vpc-links'] },
  { kind: 'vpc-link-v1', quota: AWS_QUOTAS['vpc-links-v1'] },
];

interface LinkQuota {
  readonly kind: LinkKind;
  readonly quota: Quota;
}

const API_GATEWAY = 'apigateway';

/**
 * The account's quotas of links. One is read only where its default is reached: the quota of an account may have been
 * raised. If it cannot be read, it is unknown, and CreateVpcLink itself reports when there are too many.
 */
export async function readQuotas(
  session: Session,
  links: readonly Pick<Link, 'kind'>[],
  ctx: CallContext,
): Promise<Readonly<Record<string, number>> | undefined> {
  const reached = LINKS.filter(({ kind, quota }) => links.filter((one) => one.kind === kind).length >= quota.byDefault);
  const read = await Promise.all(
    reached.map(async ({ quota }) => [quota.name, await quotaOf(session, quota, ctx)] as const),
  );
  const known = read.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

async function quotaOf(session: Session, { name, code = name }: Quota, ctx: CallContext): Promise<number | undefined> {
  try {
    const { Quota } = await session.call(ctx, 'servicequotas', 'GetServiceQuota', {
      ServiceCode: API_GATEWAY,
      QuotaCode: code,
    });
    return Quota?.Value;
  } catch (error) {
    if (isPosternError(error, 'ABORTED') || !isPosternError(error)) throw error;

    return undefined;
  }
}

/**
 * The quotas of API Gateway, of VPCs and of load balancers that are read. Those of integrations and of HTTP APIs are fixed,
 * and Service Quotas has no code of the others.
 */
const LISTED: readonly AwsQuota[] = [
  'vpc-links',
  'vpc-links-v1',
  'subnets-per-vpc-link',
  'routes-per-api',
  'resources-per-rest-api',
  'routes-per-websocket-api',
  'stages-per-api',
  'integration-timeout',
  'requests-per-second',
  'security-groups-per-interface',
  'application-load-balancers',
  'network-load-balancers',
];

/** What a name says, where one code can stand for several quotas: `Resources/Routes per REST/WebSocket API`. */
const TITLES: Readonly<Partial<Record<AwsQuota, RegExp>>> = {
  'resources-per-rest-api': /resource/i,
  'routes-per-websocket-api': /route/i,
};

export const QUOTA_SERVICES: readonly string[] = [API_GATEWAY, 'vpc', 'elasticloadbalancing'];

/**
 * The quotas that checks compare with, by the names of `RegionSnapshot.quotas`; and `integrations-per-api`, which no
 * account can have raised. One list of each service, which leaves quotas out that only have their default.
 * `undefined` for a gap.
 * @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 */
export function observeQuotas(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Readonly<Record<string, number>> | undefined> {
  return gaps.attempt({ what: 'quotas of API Gateway, of VPCs and of load balancers', of: 'quotas' }, async () => {
    const lists = await Promise.all(
      QUOTA_SERVICES.map((ServiceCode) =>
        listAll(session, ctx, `quotas of ${ServiceCode}`, 'servicequotas', 'ListServiceQuotas', { ServiceCode }),
      ),
    );
    const known = LISTED.flatMap((name) => {
      const value = valueOf(name, session.region, lists.flat());
      return value === undefined ? [] : [[name, value] as const];
    });
    const fixed = AWS_QUOTAS['integrations-per-api'];
    return Object.fromEntries([[fixed.name, fixed.byDefault] as const, ...known]);
  });
}

/** Undefined where its code is listed with names of other quotas alone: what this one is, is not known. */
function valueOf(name: AwsQuota, region: string, rows: readonly QuotaOutput[]): number | undefined {
  const { code }: Quota = AWS_QUOTAS[name];
  const title = TITLES[name];
  const coded = rows.filter(({ QuotaCode }) => QuotaCode === code);
  if (coded.length === 0) return defaultIn(AWS_QUOTAS[name], region);

  return coded.find(({ QuotaName = '' }) => title === undefined || title.test(QuotaName))?.Value;
}
