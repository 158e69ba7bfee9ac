import { InvalidInputError, regionFault } from '@postern/core/internal/driver';
import type { Product } from './apis/alibaba-api.js';
import { ALIBABA_REGIONS } from '../cloud/regions.js';

/** Where a product is called: host with port, and the protocol. */
export interface Endpoint {
  /** `apigateway.cn-hangzhou.aliyuncs.com`, `127.0.0.1:4010`. */
  readonly host: string;
  readonly protocol: 'https' | 'http';
}

/** One endpoint for all products, or one for some of them. A URL, or a host, which is called with TLS. */
export type Endpoints = string | Partial<Readonly<Record<Product, string>>>;

const NAMES: Readonly<Record<Product, string>> = {
  // For unknown regions the official client uses cloudapi.<region>. Terraform's provider uses this host for
  // all regions.
  CloudAPI: 'apigateway',
  Ecs: 'ecs',
  Vpc: 'vpc',
  Slb: 'slb',
  Sts: 'sts',
  Ram: 'ram',
  VpcPeer: 'vpcpeer',
  APIG: 'apig',
  Alidns: 'alidns',
  // https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-endpoint
  Cms: 'metrics',
};

/** Products that are called in one place for all regions. */
const CENTRAL: ReadonlySet<Product> = new Set(['Ram', 'VpcPeer', 'Alidns']);

/**
 * The endpoint of a product in a region: the one that was given, or `<product>.<region>.aliyuncs.com`. RAM,
 * VPC peering and DNS have one endpoint for all regions. Only endpoints on this machine are called without TLS,
 * unless the URL itself begins with `http:`.
 * @see https://api.aliyun.com/product/CloudAPI
 * @throws {InvalidInputError} `INVALID_INPUT` for a text that is not a URL or host.
 */
export function endpointOf(product: Product, region: string, endpoints: Endpoints | undefined): Endpoint {
  const given = typeof endpoints === 'string' ? endpoints : endpoints?.[product];
  if (given !== undefined) return parseEndpoint(given);

  const place = CENTRAL.has(product) ? '' : `.${region}`;
  return { host: `${NAMES[product]}${place}.aliyuncs.com`, protocol: 'https' };
}

function parseEndpoint(text: string): Endpoint {
  const url = URL.canParse(text) && /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') && url.host !== '') {
    return { host: url.host, protocol: url.protocol === 'http:' ? 'http' : 'https' };
  }
  if (url === undefined && URL.canParse(`https://${text}`) && !/[/?#@\s]/.test(text)) {
    const { host, hostname } = new URL(`https://${text}`);
    return { host, protocol: /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname) ? 'http' : 'https' };
  }

  throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(text)} is not a valid endpoint`, {
    remedy: 'Write a URL such as https://apigateway.cn-hangzhou.aliyuncs.com.',
  });
}

/** Checks all that were given, before anything is called. @throws {InvalidInputError} `INVALID_INPUT` */
export function checkEndpoints(endpoints: Endpoints | undefined): void {
  if (typeof endpoints === 'string') parseEndpoint(endpoints);
  else for (const text of Object.values(endpoints ?? {})) parseEndpoint(text);
}

/** The variables that the official tools read a region from, in this order. */
const VARIABLES = ['ALIBABA_CLOUD_REGION_ID', 'ALIBABACLOUD_REGION_ID', 'ALICLOUD_REGION', 'ALIBABA_CLOUD_REGION'];

/**
 * The region: the option, or the first variable of {@link VARIABLES} that is set.
 * @throws {InvalidInputError} `REGION_MISSING`; `INVALID_INPUT` for what cannot be a region's id.
 */
export function resolveRegion(
  region: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const found = region || VARIABLES.map((name) => environment[name]).find((value) => value);
  if (found === undefined) {
    throw new InvalidInputError('REGION_MISSING', 'no region of Alibaba Cloud was given and none could be found', {
      remedy: 'Name it in the spec, pass `region`, or set ALIBABA_CLOUD_REGION_ID.',
    });
  }

  const fault = regionFault(ALIBABA_REGIONS, found);
  if (fault !== undefined) throw fault;

  return found;
}
