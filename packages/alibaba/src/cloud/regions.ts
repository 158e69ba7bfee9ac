import type { RegionNames } from '@postern/core/internal/driver';
import type { CredentialVariables, RoleNames } from '@postern/core/internal/kinds';

/**
 * cn-hangzhou, ap-southeast-1, cn-shanghai-finance-1
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/blob/master/cloudapi-20160714/src/client.ts
 */
export const ALIBABA_REGIONS: RegionNames = {
  form: /^[a-z]{2}(?:-[a-z0-9]{1,20}){1,4}$/,
  what: 'region of Alibaba Cloud',
  example: 'cn-hangzhou',
  variables: ['ALIBABA_CLOUD_REGION_ID', 'ALIBABACLOUD_REGION_ID', 'ALICLOUD_REGION'],
  words:
    'qingdao beijing zhangjiakou huhehaote wulanchabu hangzhou shanghai nanjing fuzhou wuhan zhengzhou shenzhen heyuan guangzhou chengdu hongkong finance'.split(
      ' ',
    ),
};

export const ALIBABA_CREDENTIALS: CredentialVariables = {
  names: /^(?:ALIBABA_?CLOUD|ALICLOUD|ALIYUN)_(?:ACCESS_KEY|SECRET|SECURITY|STS)/i,
  because: 'the tools of Alibaba Cloud read credentials from it',
};

/** @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
export const ALIBABA_ROLES: RoleNames = {
  form: /^acs:ram::(?:\{account\}|\d{6,20}):role\/[\w.-]{1,64}$/,
  account: /::([^:]+):role\//,
  example: 'acs:ram::{account}:role/postern',
};

/**
 * Regions of API Gateway (Traditional): the endpoints that the vendor's SDK lists.
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/blob/master/cloudapi-20160714/src/client.ts
 */
const TRADITIONAL: ReadonlySet<string> = new Set(
  (
    'cn-qingdao cn-beijing cn-zhangjiakou cn-huhehaote cn-wulanchabu cn-hangzhou cn-shanghai cn-shenzhen cn-heyuan ' +
    'cn-guangzhou cn-chengdu cn-hongkong ap-northeast-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ' +
    'ap-southeast-6 ap-southeast-7 ap-south-1 us-east-1 us-west-1 eu-west-1 eu-central-1 me-east-1 me-central-1'
  ).split(' '),
);

/**
 * Regions of Cloud-native API Gateway: the endpoints that the vendor's SDK lists, and Atlanta, of March 2026, whose ID is [U].
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/blob/master/apig-20240327/src/client.ts
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/product-overview/new-feature-release-record
 */
const CLOUD_NATIVE: ReadonlySet<string> = new Set(
  (
    'ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-northeast-1 ' +
    'ap-northeast-2 cn-hangzhou cn-shanghai cn-beijing cn-shenzhen cn-heyuan cn-guangzhou cn-chengdu cn-qingdao ' +
    'cn-zhangjiakou cn-wulanchabu cn-hongkong us-west-1 us-east-1 us-southeast-1 ' +
    'eu-central-1 eu-west-1 me-east-1 me-central-1'
  ).split(' '),
);

/** Whether API Gateway (Traditional) is offered in a region: `unknown` for one that the table lacks, because vendors add regions. */
export function traditionalIn(region: string): 'yes' | 'unknown' {
  return TRADITIONAL.has(region) ? 'yes' : 'unknown';
}

/** The same of Cloud-native API Gateway. */
export function cloudNativeIn(region: string): 'yes' | 'unknown' {
  return CLOUD_NATIVE.has(region) ? 'yes' : 'unknown';
}
