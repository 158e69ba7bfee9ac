import type { Parameter } from '../../operation/operation.js';

export const text: Parameter = { type: 'string' };
export const flag: Parameter = { type: 'boolean' };
export const integer: Parameter = { type: 'integer' };

/** `PageNumber` and `PageSize`. */
export const pages: Readonly<Record<'PageNumber' | 'PageSize', Parameter>> = { PageNumber: integer, PageSize: integer };

const tagItem: Parameter = {
  type: 'structure',
  members: { Key: { type: 'string', required: true, length: [1, 128] }, Value: { type: 'string', length: [0, 128] } },
};

/** `Tag.1.Key`, `Tag.1.Value`: at most twenty. @see https://www.alibabacloud.com/help/en/api-gateway/api-cloudapi-2016-07-14-tagresources */
export const tagList: Parameter = { type: 'list', items: tagItem, length: [1, 20] };

/** Names of groups and APIs: 4 to 50 letters, Chinese characters, digits and underscores, the first a letter or Chinese. */
export const longName: Parameter = {
  type: 'string',
  pattern: /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9_\u4e00-\u9fa5]{3,49}$/,
};

/** RELEASE, PRE, TEST: the stages that each group has. */
export const STAGES = ['RELEASE', 'PRE', 'TEST'] as const;

/** @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/configure-https-security-policies */
export const HTTPS_POLICIES = ['HTTPS2_TLS1_2', 'HTTPS2_TLS1_0', 'HTTPS1_1_TLS1_0'];

/** 4 to 50 letters, Chinese characters, digits and underscores, the first no underscore. */
export const pluginName: Parameter = {
  type: 'string',
  pattern: /^[A-Za-z0-9\u4e00-\u9fa5][A-Za-z0-9_\u4e00-\u9fa5]{3,49}$/,
};
