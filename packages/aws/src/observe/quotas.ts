import { isPosternError, type CallContext, type Gaps, type Link, type LinkKind } from '@postern/core/adapter';
import { SUBNETS_PER_LINK } from '@postern/core/kinds';
import {
  BALANCER_LINKS_PER_REGION,
  GROUPS_PER_INTERFACE,
  INTEGRATION_TIMEOUT_MS,
  INTEGRATIONS_PER_API,
  LINKS_PER_REGION,
  RESOURCES_PER_API,
  ROUTES_PER_API,
  STAGES_PER_API,
} from '../limits.js';
import type { QuotaOutput } from '../apis/service-quotas-api.js';
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

/** A quota that checks compare with, as Service Quotas lists it. */
interface ListedQuota extends Omit<LinkQuota, 'kind'> {
  /** What its name there says, where one code can stand for several quotas: `Resources/Routes per REST/WebSocket API`. */
  readonly title?: RegExp;
}

/** What every account has that had them not raised: see the page above. */
const LISTED: readonly ListedQuota[] = [
  ...LINKS,
  { code: 'L-668C9B28', name: 'subnets-per-vpc-link', byDefault: SUBNETS_PER_LINK },
  { code: 'L-65B5C802', name: 'routes-per-api', byDefault: ROUTES_PER_API },
  { code: 'L-01C8A9E0', name: 'resources-per-rest-api', title: /resource/i, byDefault: RESOURCES_PER_API },
  { code: 'L-01C8A9E0', name: 'routes-per-websocket-api', title: /route/i, byDefault: RESOURCES_PER_API },
  { code: 'L-379E48B0', name: 'stages-per-api', byDefault: STAGES_PER_API },
  { code: 'L-E5AE38E3', name: 'integration-timeout', byDefault: INTEGRATION_TIMEOUT_MS },
  { code: 'L-2AFB9258', name: 'security-groups-per-interface', byDefault: GROUPS_PER_INTERFACE },
];

/** The services of these quotas: API Gateway, and VPC. */
const SERVICES = [API_GATEWAY, 'vpc'];

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
  return gaps.attempt({ what: 'quotas of API Gateway and of VPCs', of: 'quotas' }, async () => {
    const lists = await Promise.all(
      SERVICES.map((ServiceCode) =>
        listAll(session, ctx, `quotas of ${ServiceCode}`, {
          service: 'servicequotas',
          method: 'listServiceQuotas',
          input: { ServiceCode, MaxResults: 100 },
          member: 'Quotas',
          key: undefined, // several quotas may have one code
        }),
      ),
    );
    const known = LISTED.flatMap((quota) => {
      const value = valueOf(quota, lists.flat());
      return value === undefined ? [] : [[quota.name, value] as const];
    });
    return Object.fromEntries([['integrations-per-api', INTEGRATIONS_PER_API] as const, ...known]);
  });
}

/** Undefined where its code is listed with names of other quotas alone: what this one is, is not known. */
function valueOf({ code, title, byDefault }: ListedQuota, rows: readonly QuotaOutput[]): number | undefined {
  const coded = rows.filter(({ QuotaCode }) => QuotaCode === code);
  if (coded.length === 0) return byDefault;
  return coded.find(({ QuotaName = '' }) => title === undefined || title.test(QuotaName))?.Value;
}
