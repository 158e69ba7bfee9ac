import { PRODUCT_VERSIONS, type AlibabaCallParams } from '../apis/alibaba-api.js';

/** The parameters of a call: the version is the product's. */
export function callParams(product: AlibabaCallParams['product'], action: string, region: string): AlibabaCallParams {
  return { product, version: PRODUCT_VERSIONS[product], action, region };
}
