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
