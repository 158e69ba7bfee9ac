import { PRODUCT_VERSIONS, type AlibabaCallParams, type AlibabaResource } from '../apis/alibaba-api.js';

/** The parameters of a call: the version is the product's. */
export function callParams(
  product: AlibabaCallParams['product'],
  action: string,
  region: string,
  resource?: AlibabaResource,
): AlibabaCallParams {
  const params = { product, version: PRODUCT_VERSIONS[product], action, region };
  return { ...params, ...resource };
}
