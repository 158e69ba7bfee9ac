import { AlibabaError } from '../operation/service-error.js';

/**
 * How the gateway refuses a signature.
 * @see https://error-center.aliyun.com/status/product/PopGw
 * @see https://www.alibabacloud.com/help/en/sdk/product-overview/common-error-codes
 */
export const signatureWords = {
  missing: () => new AlibabaError('MissingAccessKeyId', 'AccessKeyId is mandatory for this action.'),
  incomplete: () =>
    new AlibabaError('IncompleteSignature', 'The request signature does not conform to Aliyun standards.'),
  unknownKey: () => new AlibabaError('InvalidAccessKeyId.NotFound', 'Specified access key is not found.', 404),
  foreignToken: () =>
    new AlibabaError(
      'InvalidSecurityToken.MismatchWithAccessKey',
      'Specified SecurityToken mismatch with the AccessKey.',
    ),
  mismatch: () => new AlibabaError('SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.'),
  badStamp: () =>
    new AlibabaError('InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.'),
  skewed: () => new AlibabaError('InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.'),
  noNonce: () => new AlibabaError('MissingSignatureNonce', 'SignatureNonce is mandatory for this action.'),
  nonceUsed: () => new AlibabaError('SignatureNonceUsed', 'Specified signature nonce was used already.'),
} as const;
