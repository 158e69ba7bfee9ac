import { alwaysSentBy, plainCopy } from '@postern/core/internal/adapter';
import { PRODUCT_VERSIONS, type AlibabaCallParams, type AlibabaResource } from './apis/alibaba-api.js';
import { PARALLEL_READS } from '../limits.js';

export type { Sent } from '@postern/core/internal/adapter';

/** What a cloud answered as plain JSON, for `raw`, without the id of the request, which is another each time. */
export function plain(value: unknown): unknown {
  return plainCopy(value, LEFT_OUT);
}

const LEFT_OUT: ReadonlySet<string> = new Set(['RequestId', 'requestId']);

/** Members that a service always sends. @throws {CloudError} `BAD_RESPONSE` */
export const { sent, allSent } = alwaysSentBy('Alibaba Cloud');

/** Whether a text is a word. The services write words in either case: `Https`, `HTTPS`. */
export function isWord(text: string | undefined, word: Lowercase<string>): boolean {
  // A flag may be sent as a value and not as text.
  return String(text ?? '').toLowerCase() === word;
}

interface KeyValue {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags as most products write them, as a plain map. */
export function tagMap(tags: readonly KeyValue[] | undefined): Readonly<Record<string, string>> {
  // fromEntries defines members, so that a tag named __proto__ stays a tag.
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** Tags in the form of the products. */
export function tagList(tags: Readonly<Record<string, string>>): readonly { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** A number that may be sent as a text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A moment as API Gateway takes it: `2016-07-23T08:28:48Z`. */
export function utcText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}/, '');
}

/** A flag that may be sent as a text. */
export function flagOf(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

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
