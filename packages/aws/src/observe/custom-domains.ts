import { defined, type Gaps, type CallContext } from '@postern/core/internal/adapter';
import type { CustomDomain, DomainMapping } from '@postern/core/internal/snapshot';
import { listAll } from '../client/list-all.js';
import { plain, type Session } from '../client/session.js';
import type { DomainOutput } from '../sdk-types.js';

/**
 * The public custom domain names of the region with their mappings: one list, and one of mappings for each domain.
 * `undefined` for a gap. A domain whose mappings are a gap has none (`undefined`). Private ones are not listed.
 */
export async function observeCustomDomains(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly CustomDomain[] | undefined> {
  const domains = await gaps.attempt({ what: 'custom domain names', of: 'customDomains' }, () =>
    listAll(session, ctx, 'custom domain names', 'apigatewayv2', 'GetDomainNames'),
  );
  if (domains === undefined) return undefined;

  return Promise.all(
    domains.map(async (one) => {
      const id = one.DomainName;
      const wanted = { what: `mappings of custom domain ${id}`, of: 'customDomains', id } as const;
      return toCustomDomain(one, await gaps.attempt(wanted, () => mappingsOf(session, one, ctx)));
    }),
  );
}

/**
 * V2 refuses the mappings of domain names that V1 alone manages: edge-optimized ones, and those with TLS 1.0.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html
 */
async function mappingsOf(session: Session, domain: DomainOutput, ctx: CallContext): Promise<readonly DomainMapping[]> {
  const { DomainName, DomainNameConfigurations: configurations = [] } = domain;
  const what = `mappings of ${DomainName}`;
  if (configurations.some((one) => one.EndpointType === 'EDGE' || one.SecurityPolicy === 'TLS_1_0')) {
    const rows = await listAll(session, ctx, what, 'apigateway', 'GetBasePathMappings', { domainName: DomainName });
    return rows.map(({ basePath = NO_PATH, restApiId = '', stage }) =>
      mapping(basePath === NO_PATH ? '' : basePath, restApiId, stage === NO_PATH ? undefined : stage),
    );
  }

  const rows = await listAll(session, ctx, what, 'apigatewayv2', 'GetApiMappings', { DomainName });
  return rows.map(({ ApiMappingId: mappingId, ApiMappingKey = '', ApiId, Stage }) => ({
    ...defined({ mappingId }),
    ...mapping(ApiMappingKey, ApiId, Stage || undefined),
  }));
}

/** How V1 writes the empty path, and that no stage is named. */
const NO_PATH = '(none)';

function mapping(path: string, gatewayId: string, stage: string | undefined): DomainMapping {
  return { path, gatewayId, ...defined({ stage }) };
}

/**
 * While a domain name is UPDATING or waits for a certificate to be imported again, it answers as before [I].
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname.html
 */
const USABLE: ReadonlyMap<string | undefined, boolean> = new Map([
  ['AVAILABLE', true],
  ['UPDATING', true],
]);

const ENDPOINTS: ReadonlyMap<string | undefined, NonNullable<CustomDomain['endpoint']>> = new Map([
  ['REGIONAL', 'regional'],
  ['EDGE', 'edge'],
]);

function toCustomDomain(one: DomainOutput, mappings: readonly DomainMapping[] | undefined): CustomDomain {
  const { DomainNameConfigurations: configurations = [], RoutingMode: routing } = one;
  const [first] = configurations;
  const endpoint = ENDPOINTS.get(first?.EndpointType);
  return {
    id: one.DomainName,
    ...defined({ mappings }),
    ...(routing === undefined ? {} : { hasRules: routing !== 'API_MAPPING_ONLY' }),
    ...defined({ endpoint }),
    certificateIds: configurations.flatMap(({ CertificateArn }) => CertificateArn ?? []),
    nativeState: first?.DomainNameStatus,
    usable: USABLE.get(first?.DomainNameStatus),
    tlsPolicy: first?.SecurityPolicy,
    mutualTls: one.MutualTlsAuthentication !== undefined,
    raw: plain(one),
  };
}
