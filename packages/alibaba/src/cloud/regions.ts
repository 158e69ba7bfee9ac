import type { RegionNames } from '@postern/core/driver';
import type { CredentialVariables, RoleNames } from '@postern/core/kinds';

/**
 * cn-hangzhou, ap-southeast-1, cn-shanghai-finance-1
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/blob/master/cloudapi-20160714/src/client.ts
 */
export const ALIBABA_REGIONS: RegionNames = {
  form: /^[a-z]{2}(?:-[a-z0-9]{1,20}){1,4}$/,
  what: 'region of Alibaba Cloud',
  example: 'cn-hangzhou',
  variables: ['ALIBABA_CLOUD_REGION_ID', 'ALIBABACLOUD_REGION_ID', 'ALICLOUD_REGION'],
  words: (
    'qingdao beijing zhangjiakou huhehaote wulanchabu hangzhou shanghai nanjing fuzhou wuhan zhengzhou shenzhen heyuan ' +
    'guangzhou chengdu hongkong finance'
  ).split(' '),
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
