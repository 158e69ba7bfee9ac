import type { AnyAlibabaOperation } from './operation.js';
import type { ProductName } from './product.js';
import { AlibabaError } from './service-error.js';

/** How a product says what every product has to say. Paths stand as on the wire: `Tag.1.Key`. */
export interface ProductWords {
  readonly missing: (path: string) => AlibabaError;
  /** Of another type, out of bounds, not one of the values. */
  readonly invalid: (path: string) => AlibabaError;
}

/**
 * What the gateway in front of the products says.
 * @see https://error-center.aliyun.com/status/product/PopGw
 */
export const gatewayWords = {
  noAction: () => new AlibabaError('MissingAction', 'Action is mandatory for this action.'),
  noVersion: () => new AlibabaError('MissingVersion', 'Version is mandatory for this action.'),
  unknownAction: () =>
    new AlibabaError('InvalidAction.NotFound', 'Specified api is not found, please check your url and method.', 404),
  unknownVersion: () => new AlibabaError('InvalidVersion', 'Specified parameter Version is not valid.'),
  unknownFormat: () => new AlibabaError('InvalidFormat', 'Specified parameter Format is not valid.'),
  unknownRegion: () => new AlibabaError('InvalidRegionId', 'Specified parameter RegionId is not valid.'),
  malformed: (why: string) => new AlibabaError('InvalidParameter', why),
  /** The real gateway drops what it does not know; a simulator that did so would let misspelt names pass. */
  unknownParameter: (path: string, { product, name }: AnyAlibabaOperation) =>
    new AlibabaError('UnsupportedParameter', `The parameter ${path} is not supported by ${name} of ${product}.`),
  throttledUser: () => new AlibabaError('Throttling.User', 'Request was denied due to user flow control.'),
  unavailable: () =>
    new AlibabaError('ServiceUnavailable', 'The request has failed due to a temporary failure of the server.', 503),
  expired: () => new AlibabaError('InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.'),
} as const;

/** A member of a flattened list stands in its own name: `MissingTag.1.Key` is `MissingTagKey`. */
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

/** The words of a product. */
export function words(product: ProductName): ProductWords {
  return product === 'CloudAPI' ? named : general;
}
