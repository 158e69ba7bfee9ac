interface Product {
  /** The version that a request must name. No two products share one. */
  readonly version: string;
  /** How its endpoints begin: `apigateway.cn-hangzhou.aliyuncs.com`. The first is the one that answers name. */
  readonly endpoints: readonly [string, ...string[]];
  /** One endpoint serves all regions: `ram.aliyuncs.com`. */
  readonly isCentral?: true;
  /** Operations are methods and paths, and bodies JSON; by default the RPC style. */
  readonly isRoa?: true;
  /** The part of RAM's actions before the colon. */
  readonly ramPrefix: string;
}

/** The simulated products. */
export const PRODUCTS = {
  CloudAPI: { version: '2016-07-14', endpoints: ['apigateway', 'cloudapi'], ramPrefix: 'apigateway' },
  Ecs: { version: '2014-05-26', endpoints: ['ecs'], ramPrefix: 'ecs' },
  Vpc: { version: '2016-04-28', endpoints: ['vpc'], ramPrefix: 'vpc' },
  Slb: { version: '2014-05-15', endpoints: ['slb'], ramPrefix: 'slb' },
  Sts: { version: '2015-04-01', endpoints: ['sts'], ramPrefix: 'sts' },
  Ram: { version: '2015-05-01', endpoints: ['ram'], isCentral: true, ramPrefix: 'ram' },
  APIG: { version: '2024-03-27', endpoints: ['apig'], isRoa: true, ramPrefix: 'apig' },
  Alidns: { version: '2015-01-09', endpoints: ['alidns'], isCentral: true, ramPrefix: 'alidns' },
  Cms: { version: '2019-01-01', endpoints: ['metrics'], ramPrefix: 'cms' },
  VpcPeer: { version: '2022-01-01', endpoints: ['vpcpeer'], isCentral: true, ramPrefix: 'vpc' },
} as const satisfies Readonly<Record<string, Product>>;

export type ProductName = keyof typeof PRODUCTS;

export function productOf(version: string | undefined): ProductName | undefined {
  return (Object.keys(PRODUCTS) as ProductName[]).find((name) => PRODUCTS[name].version === version);
}

/** The endpoint of a product in a region. @see https://api.aliyun.com/product */
export function endpointOf(name: ProductName, region: string): string {
  const { endpoints, isCentral }: Product = PRODUCTS[name];
  return isCentral ? `${endpoints[0]}.aliyuncs.com` : `${endpoints[0]}.${region}.aliyuncs.com`;
}

/** How endpoints begin, as a part of a pattern: `apigateway|cloudapi|ecs`. */
export const ENDPOINTS = Object.values<Product>(PRODUCTS)
  .flatMap(({ endpoints }) => endpoints)
  .join('|');

/** Whether operations of a product are methods and paths. */
export function isRoa(name: ProductName | undefined): boolean {
  const product: Product | undefined = name && PRODUCTS[name];
  return product?.isRoa === true;
}
