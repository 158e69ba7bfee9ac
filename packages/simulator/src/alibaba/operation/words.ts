import type { Caller } from '../../simulation/dispatch/operation.js';
import { type AnyAlibabaOperation, AlibabaError, PRODUCTS, type ProductName } from './operation.js';

/**
 * The error messages that every product has, in the words of one product. Paths have their wire form:
 * `Tag.1.Key`.
 */
export interface ProductWords {
  readonly missing: (path: string) => AlibabaError;
  /** Of another type, out of bounds, not one of the values. */
  readonly invalid: (path: string) => AlibabaError;
}

/**
 * The error messages of the gateway in front of the products.
 * @see https://error-center.aliyun.com/status/product/PopGw
 */
export const gatewayWords = {
  noAction: () => new AlibabaError('MissingAction', 'Action is mandatory for this action.'),
  noVersion: () => new AlibabaError('MissingVersion', 'Version is mandatory for this action.'),
  unknownAction: () =>
    new AlibabaError('InvalidAction.NotFound', 'Specified api is not found, please check your url and method.', 404),
  unknownVersion: () => new AlibabaError('InvalidVersion', 'Specified parameter Version is not valid.'),
  unknownFormat: () => new AlibabaError('InvalidFormat', 'Specified parameter Format is not valid.'),
  unknownRegion: () => new AlibabaError('InvalidRegionId.NotFound', 'The specified RegionId does not exist.', 404),
  notSimulated: (product: ProductName, action: string) =>
    new AlibabaError(
      'NotImplemented',
      `Postern does not simulate ${action} of ${product}; OPERATIONS.md lists what it does.`,
      501,
    ),
  malformed: (why: string) => new AlibabaError('InvalidParameter', why),
  /** The real gateway ignores unknown parameters. A simulator that did so would accept misspelled names. */
  unknownParameter: (path: string, { product, name }: AnyAlibabaOperation) =>
    new AlibabaError('UnsupportedParameter', `The parameter ${path} is not supported by ${name} of ${product}.`),
  throttledUser: () => new AlibabaError('Throttling.User', 'Request was denied due to user flow control.'),
  /** Two writes to one group at a time. */
  locked: () =>
    new AlibabaError('ConcurrencyLockTimeout', 'The request processing has failed due to concurrency lock timeout.'),
  /** The same request, while the first is still in progress. */
  repeated: () => new AlibabaError('RepeatedCommit', 'Resubmit request.'),
  unavailable: () =>
    new AlibabaError('ServiceUnavailable', 'The request has failed due to a temporary failure of the server.', 503),
  expired: () => new AlibabaError('InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.'),
} as const;

/**
 * A product's error where RAM does not allow a call.
 * @see https://www.alibabacloud.com/help/en/ram/support/how-do-i-handle-no-permission-errors
 */
export function denied({ product, name, ramAction = name }: AnyAlibabaOperation, { arn }: Caller): AlibabaError {
  const [, , , owner = ''] = arn.split(':');
  const fields = {
    AccessDeniedDetail: {
      AuthAction: `${PRODUCTS[product].ramPrefix}:${ramAction}`,
      AuthPrincipalDisplayName: arn.split('/').at(-1) ?? arn,
      AuthPrincipalOwnerId: owner,
      AuthPrincipalType: 'SubUser',
      NoPermissionType: 'ImplicitDeny',
      PolicyType: 'AccountLevelIdentityBasedPolicy',
    },
  };
  return product === 'CloudAPI' || product === 'Ram' || product === 'Sts'
    ? new AlibabaError(
        'NoPermission',
        'You are not authorized to do this action. You should be authorized by RAM.',
        403,
        fields,
      )
    : new AlibabaError(
        'Forbidden.RAM',
        "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
        403,
        fields,
      );
}

/** The name of a member of a flattened list: `MissingTag.1.Key` is `MissingTagKey`. */
const family = (path: string) => path.replaceAll(/\.\d+/g, '').replaceAll('.', '');

/**
 * CloudAPI names the parameter in its code.
 * @see https://help.aliyun.com/document_detail/43906.html
 */
const named: ProductWords = {
  missing: (path) => new AlibabaError(`Missing${family(path)}`, `${path} is mandatory for this action.`),
  invalid: (path) => new AlibabaError(`Invalid${family(path)}`, `Specified parameter ${path} is not valid.`),
};

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/common-error-codes */
const general: ProductWords = {
  missing: (path) =>
    new AlibabaError(
      'MissingParameter',
      `The input parameter "${path}" that is mandatory for processing this request is not supplied.`,
    ),
  invalid: (path) => new AlibabaError('InvalidParameter', `The specified parameter "${path}" is not valid.`),
};

/** The error messages of a product. */
export function words(product: ProductName): ProductWords {
  return product === 'CloudAPI' ? named : general;
}
