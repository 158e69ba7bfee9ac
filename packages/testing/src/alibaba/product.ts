/** The simulated products, with the version that a request must name. */
export const PRODUCT_VERSIONS = {
  CloudAPI: '2016-07-14',
  Ecs: '2014-05-26',
  Vpc: '2016-04-28',
  Slb: '2014-05-15',
  Sts: '2015-04-01',
  Ram: '2015-05-01',
  VpcPeer: '2022-01-01',
} as const;

export type ProductName = keyof typeof PRODUCT_VERSIONS;
