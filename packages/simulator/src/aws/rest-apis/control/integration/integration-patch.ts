import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import { entry, isTrue, METHOD_WORDS } from '../method.js';
import {
  rule,
  listItem,
  readMember,
  readNumber,
  SHORT_WORDS,
  textMember,
  type PatchRule,
  type PatchTable,
} from '../patch.js';

/** A member that a MOCK integration does not have. The sentence is [I]. */
function notOfMock(name: 'uri' | 'httpMethod'): PatchRule<Integration> {
  return rule(['replace'], (row, change) => {
    if (row.type === 'MOCK') throw SHORT_WORDS.path(change.op, change.path, []);

    return textMember<Integration>(name).apply(row, change);
  });
}

/** A member that an integration cannot be without: an empty value is none of its values. */
function requiredText(name: keyof Integration): PatchRule<Integration> {
  return readMember(name, (value = '') => value);
}

/**
 * What UpdateIntegration changes; `/type` is not among it. An empty value clears a member that can be
 * absent; for `/integrationTarget` that is [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateIntegration-Patch
 */
export const INTEGRATION_PATCH: PatchTable<Integration> = {
  '/uri': notOfMock('uri'),
  '/httpMethod': notOfMock('httpMethod'),
  '/credentials': textMember('credentials'),
  '/passthroughBehavior': requiredText('passthroughBehavior'),
  '/contentHandling': textMember('contentHandling'),
  '/cacheNamespace': textMember('cacheNamespace'),
  '/connectionType': requiredText('connectionType'),
  '/connectionId': textMember('connectionId'),
  '/integrationTarget': textMember('integrationTarget'),
  '/timeoutInMillis': readMember('timeoutInMillis', readNumber),
  '/tlsConfig/insecureSkipVerification': readMember('tlsConfig', (value) => ({
    insecureSkipVerification: isTrue(value),
  })),
  '/responseTransferMode': textMember('responseTransferMode'),
  '/requestParameters/{name}': entry('requestParameters', METHOD_WORDS.parameterNotFound),
  '/requestTemplates/{type}': entry('requestTemplates', METHOD_WORDS.contentTypeNotFound),
  '/cacheKeyParameters/{name}': listItem('cacheKeyParameters'),
};

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateIntegrationResponse-Patch */
export const INTEGRATION_RESPONSE_PATCH: PatchTable<IntegrationResponse> = {
  '/selectionPattern': readMember('selectionPattern', (value = '') => value),
  '/contentHandling': textMember('contentHandling'),
  '/responseParameters/{name}': entry('responseParameters', METHOD_WORDS.parameterNotFound),
  '/responseTemplates/{type}': entry('responseTemplates', METHOD_WORDS.contentTypeNotFound),
};
