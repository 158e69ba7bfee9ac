import { PRODUCT_VERSIONS, type AlibabaCallParams, type AlibabaResource } from '../apis/alibaba-api.js';
import { PARALLEL_READS } from '../limits.js';

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

/** Runs a task for each item, no more than a few at a time, and answers in the order of the items. */
export async function eachOf<T, R>(
  items: readonly T[],
  task: (item: T) => Promise<R>,
  parallel: number = PARALLEL_READS,
): Promise<R[]> {
  const answers: R[] = [];
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next;
      next += 1;
      try {
        answers[index] = await task(items[index] as T);
      } catch (error) {
        failed = true; // the others stop after what they are at
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker));
  return answers;
}

/**
 * Parameters as the RPC style writes them: `Tag.1.Key=a`, lists counted from 1, booleans and numbers as text. What is
 * undefined or null is left out. @see https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
 */
export function flatten(parameters: Readonly<Record<string, unknown>>): Record<string, string> {
  const flat: Record<string, string> = {};
  const put = (name: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    if (Array.isArray(value)) value.forEach((item, index) => put(`${name}.${index + 1}`, item));
    else if (typeof value === 'object') for (const [key, item] of Object.entries(value)) put(`${name}.${key}`, item);
    else flat[name] = String(value as string | number | boolean);
  };
  for (const [name, value] of Object.entries(parameters)) put(name, value);
  return flat;
}
