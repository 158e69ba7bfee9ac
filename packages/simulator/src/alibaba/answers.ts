import type { ProductName } from './operation/product.js';
import type { AlibabaError } from './operation/operation.js';

/** A success's body: what the action answered, and which request it was. */
export function successBody(output: unknown, requestId: string): Record<string, unknown> {
  return { ...(output as object | undefined), RequestId: requestId };
}

/** An error's body. @see https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism */
export function errorBody(
  { code, message, fields }: AlibabaError,
  requestId: string,
  host: string,
  product: ProductName | undefined,
): Record<string, unknown> {
  const about = product === undefined ? '' : `&product=${product}`;
  return {
    RequestId: requestId,
    HostId: host,
    Code: code,
    Message: message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}${about}&requestId=${requestId}`,
    ...fields,
  };
}

/** A success's body of an ROA product. `success` is not in the official models, but in answers. */
export function roaSuccessBody(output: unknown, requestId: string, isBare: boolean): Record<string, unknown> {
  if (isBare) return { ...(output as object | undefined), RequestId: requestId };

  const data = output === undefined ? {} : { data: output };
  return { requestId, code: 'Ok', message: 'success', success: true, ...data };
}

/** An error's body of an ROA product, where the product itself refuses a call. */
export function roaErrorBody({ code, message, fields }: AlibabaError, requestId: string): Record<string, unknown> {
  return { requestId, code, message, success: false, ...fields };
}
